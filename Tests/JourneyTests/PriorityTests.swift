import Foundation
import Testing

@testable import Journey

@Suite struct PriorityTests {
    private static let now = Date(timeIntervalSince1970: 1_795_144_500)

    @Test(
        "what nobody waits for any more is backlog, and what waits apart goes after all",
        arguments: [
            (Priority.till, 1.0, false, Priority.till), (.spool, 1, false, .spool), (.till, 0, false, .backlog),
            (.spool, -60, false, .backlog), (.till, 1, true, .apart), (.spool, -1, true, .apart),
            (.documents, 1, false, .documents), (.documents, 0, false, .documents),
        ])
    func byNow(given: Priority, liveFor: TimeInterval, waitsApart: Bool, expected: Priority) {
        #expect(given.at(Self.now, liveUntil: Self.now + liveFor, waitsApart: waitsApart) == expected)
    }

    @Test(
        "a till goes before the spool, that before the backlog, that before what waits apart, then documents, and looks go beside all"
    )
    func order() {
        #expect(Priority.allCases.shuffled().sorted() == [.till, .spool, .backlog, .apart, .documents, .look])
    }
}
