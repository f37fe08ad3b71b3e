import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestNetwork
import Testing

/// Two tokens at the real program's network listener.
@Suite(.timeLimit(.minutes(2))) struct StaffTokenTests {
    private static let tills = "the-tills-own-token-1234"
    private static let staff = "the-staff-own-token-1234"

    private static func intake(_ port: Int) -> String {
        "listen = \"127.0.0.1:\(port)\"\ntoken_file = \"token\"\nstaff_token_file = \"staff-token\""
    }

    private static func status(_ path: String, at port: Int, token: String) async throws -> UInt {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        return try await HTTPClient.shared.execute(request, timeout: .seconds(30)).status.code
    }

    @Test("the drawer and the alarms are staff's over the network, and SIGHUP reads the staff's token anew")
    func operations() async throws {
        let port = try FreePort.find()
        try await Store.open(printer: "drawer = true", intake: Self.intake(port)) { store in
            try LanTests.keep(Self.tills, as: "token", in: store)
            try LanTests.keep(Self.staff, as: "staff-token", in: store)
            let gateway = try await RunningGateway.start(in: store)
            for path in ["/v1/printers/front/drawer", "/v1/alarms/disk-short/acknowledge"] {
                #expect(try await Self.status(path, at: port, token: Self.tills) == 403, "\(path)")
                #expect(try await Self.status(path, at: port, token: Self.staff) == 200, "\(path)")
            }
            #expect(try await Self.status("/v1/printers/front/test", at: port, token: Self.tills) == 200)
            #expect(try await Self.status("/v1/sales/X/retry", at: port, token: Self.staff) == 404)
            #expect(try await Self.status("/v1/backup", at: port, token: Self.staff) == 403)

            let renewed = "the-staff-next-token-1234"
            try LanTests.keep(renewed, as: "staff-token", in: store)
            kill(gateway.processID, SIGHUP)
            try await gateway.untilLogged("SIGHUP: tokens and certificate read again")
            let drawer = "/v1/printers/front/drawer"
            #expect(try await Self.status(drawer, at: port, token: Self.staff) == 401)
            #expect(try await Self.status(drawer, at: port, token: renewed) == 200)

            // One token for both would make every till staff.
            try LanTests.keep(Self.tills, as: "staff-token", in: store)
            kill(gateway.processID, SIGHUP)
            try await gateway.untilLogged("expected another token than that of intake.token_file")
            #expect(try await Self.status(drawer, at: port, token: renewed) == 200)
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged()
            for token in [Self.tills, Self.staff, renewed] { #expect(!log.contains(token)) }
        }
    }

    @Test(
        "a staff token that is the tills' as well, or is none, ends the start",
        arguments: [("the-tills-own-token-1234", "expected another token"), ("short", "at least 16 characters")])
    func refused(text: String, remedy: String) async throws {
        try await Store.open(intake: Self.intake(9)) { store in
            try LanTests.keep(Self.tills, as: "token", in: store)
            try LanTests.keep(text, as: "staff-token", in: store)
            let outcome = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(outcome.status == 78)
            #expect(outcome.complaints.contains("intake.staff_token_file"), "\(outcome.complaints)")
            #expect(outcome.complaints.contains(remedy), "\(outcome.complaints)")
            #expect(!outcome.complaints.contains(text))
        }
    }
}
