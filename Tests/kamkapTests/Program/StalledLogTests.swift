import Foundation
import NIOHTTP1
import Testing

/// The log's reader stalls, as a terminal that was stopped by Ctrl-S, a pager, or a collector that hangs.
@Suite(.timeLimit(.minutes(2))) struct StalledLogTests {
    @Test("sales go on, and lines that were lost are counted once it is read again", arguments: ["waits", "refuses"])
    func stalled(pipe: String) async throws {
        let script = Fixture.file("stalled.py").path
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store, wrapper: ["/usr/bin/env", "python3", script, pipe])
            let begun = ContinuousClock.now
            // Each is a line of some 300 bytes, and the pipe holds 4,096.
            for number in 0..<60 {
                let path = "/v1/sales?wait=registered"
                #expect(try await store.request(.POST, path, Store.unprinted("S-\(number)")).status == 201)
            }
            #expect(ContinuousClock.now - begun < .seconds(30))
            kill(gateway.processID, SIGUSR1)
            // The next line that is logged tells of them.
            let deadline = ContinuousClock.now + .seconds(30)
            var number = 0
            while try !gateway.logged().contains("kamkap: lines were lost here"), ContinuousClock.now < deadline {
                number += 1
                let sale = Store.unprinted("AFTER-\(number)")
                #expect(try await store.request(.POST, "/v1/sales?wait=registered", sale).status == 201)
            }
            #expect(try gateway.logged().contains("kamkap: lines were lost here"))
            #expect(await gateway.stop() == 0)
        }
    }
}
