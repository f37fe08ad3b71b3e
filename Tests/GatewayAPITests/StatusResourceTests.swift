import Foundation
import JSON
import Testing

@testable import GatewayAPI

@Suite struct StatusResourceTests {
    private func empty() -> StatusResource {
        StatusResource(
            version: "0.1.0", startedAt: Date(timeIntervalSince1970: 1_795_144_500), uptimeSeconds: 7, ready: true,
            figuresAt: nil,
            registrations: RegistrationFigures(
                pending: nil, held: nil, rejected: nil, oldestPendingID: nil, oldestPendingSeconds: nil),
            prints: PrintFigures(queued: nil, oldestSeconds: nil, byPrinter: []),
            slime: SlimeFigures(state: nil, since: nil, lastErrorCode: nil, clockDriftSeconds: 0), printers: [],
            database: DatabaseFigures(sizeBytes: nil, freeBytes: nil, minimumFreeBytes: 64), alarms: [])
    }

    @Test("a status of which nothing is known has every member, null where it is empty")
    func everyMember() throws {
        let text = """
            {"version":"0.1.0","started_at":"2026-11-20T03:15:00.000Z","uptime_seconds":7,"ready":true,\
            "figures_at":null,\
            "registrations":{"pending":null,"held":null,"rejected":null,"oldest_pending_id":null,\
            "oldest_pending_seconds":null},\
            "prints":{"queued":null,"oldest_seconds":null,"by_printer":[]},\
            "slime":{"state":null,"since":null,"last_error_code":null,"clock_drift_seconds":0},"printers":[],\
            "database":{"size_bytes":null,"free_bytes":null,"min_free_bytes":64},"spool":null,"alarms":[]}
            """
        #expect(empty().json.text == text)
        #expect(try StatusResource(json: empty().json) == empty())
    }

    @Test("a status of which everything is known is written and read without loss")
    func full() throws {
        var status = empty()
        let time = Date(timeIntervalSince1970: 1_795_144_507)
        status.figuresAt = time
        status.registrations = RegistrationFigures(
            pending: 0, held: 3, rejected: 2, oldestPendingID: "A/1", oldestPendingSeconds: 61)
        status.prints = PrintFigures(
            queued: 4, oldestSeconds: 9, byPrinter: [.init(printer: "front", queued: 4, oldestSeconds: 9)])
        status.slime = SlimeFigures(
            state: "held", since: time, lastErrorCode: "Fund::InsufficientBalance", clockDriftSeconds: -90)
        status.database = DatabaseFigures(sizeBytes: 1, freeBytes: 2, minimumFreeBytes: 3)
        status.spool = SpoolResource(waiting: 1, stuck: 2, ignored: 3, rejected: 4)
        status.alarms = [
            AlarmResource(
                code: "printer-stuck", severity: "warning", printer: "front", service: nil, count: 4, seconds: 9,
                reason: "out of paper", since: time, text: "4 prints wait.")
        ]
        #expect(try StatusResource(json: JSONParser.parse(status.json.bytes)) == status)
    }
}
