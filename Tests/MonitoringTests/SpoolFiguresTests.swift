import Foundation
import Monitoring
import Testing

@Suite struct SpoolFiguresTests {
    private let now = Date(timeIntervalSince1970: 1_795_144_500)

    private func raised(_ hindrances: SpoolFigures.Hindrance...) -> Alarm? {
        SpoolFigures(folder: "/spool/incoming", waiting: 1, ignored: 2, hindrances: hindrances).alarm(at: now)
    }

    @Test("files that wait, and what is left alone, are no alarm") func well() {
        #expect(raised() == nil)
    }

    @Test("each reason is told with its files, and all of them together are what is acknowledged") func several() throws
    {
        let alarm = try #require(
            raised(
                .init(
                    reason: "must wait (9 MiB are free)", cause: "must wait", count: 3, example: "a.json",
                    lasting: .seconds(9)),
                .init(reason: "cannot be read (permission denied)", count: 1, example: "b.json", lasting: .seconds(90)))
        )
        #expect(alarm.code == .spoolStuck)
        #expect(alarm.count == 4)
        #expect(alarm.reason == "cannot be read (permission denied); must wait")
        #expect(alarm.since == now.addingTimeInterval(-90))
        #expect(
            alarm.text.hasPrefix(
                "4 files in /spool/incoming are not taken: a.json and 2 more must wait (9 MiB are free); b.json cannot be read (permission denied). "
            ))
    }

    @Test("a folder that cannot be used is an alarm though no file is known") func folder() throws {
        let alarm = try #require(
            raised(.init(reason: "Cannot list the folder /spool.", count: 0, example: nil, lasting: .zero)))
        #expect(alarm.count == nil)
        #expect(
            alarm.text.hasPrefix(
                "The spool cannot be used: Cannot list the folder /spool. Let the gateway's user read and move"))
    }
}
