import Foundation
import Intake
import Testing

/// Every conversation that scripts/fuzz found worth keeping.
@Suite(.timeLimit(.minutes(2))) struct CorpusTests {
    @Test("whatever comes over a connection is answered as documented or not at all, and the next till is served")
    func properties() async throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Torture/Fuzz/Corpus/http").standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var limits = ListenerLimits()
        limits.idle = .milliseconds(200)
        limits.bodyDeadline = .milliseconds(200)
        limits.lingering = .milliseconds(10)
        var told: Set<Int> = []
        try await TestListener.open(limits) { listener in
            for file in files {
                let input = HostileInput(Array(try Data(contentsOf: file)))
                // This door is not the network's.
                if input.isForNetwork { continue }
                let till = try await Till.connect(to: listener)
                // The gateway may hang up in the middle.
                for piece in input.pieces { guard (try? await till.send(piece)) != nil else { break } }
                await till.endSending()
                let heard = await till.hear(for: .milliseconds(500))
                try? await till.close()
                #expect(throws: Never.self, "\(file.lastPathComponent)") {
                    told.formUnion(try AnswerProperties.hold(for: heard))
                }
            }
            let next = try await Till.connect(to: listener)
            try await next.send(TestListener.post("NEXT"))
            await next.expect("HTTP/1.1 201")
            try? await next.close()
        }
        #expect(told.isSuperset(of: [100, 200, 201, 202, 400, 404, 405, 409, 415, 422]), "\(told.sorted())")
    }
}
