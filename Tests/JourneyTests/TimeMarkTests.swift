import Foundation
import Journey
import Testing

@Suite struct TimeMarkTests {
    private static let kept = Date(timeIntervalSince1970: 1_796_000_000)
    private static let hour: TimeInterval = 3_600

    /// A run that had seen its clock set forward by an hour, and was borne out a minute before its mark.
    private static func mark(
        isProved: Bool = true, isOpen: Bool = false, bootID: String? = "a"
    ) -> TimeMark {
        TimeMark(
            counted: kept - hour, bootID: bootID, sinceBoot: .seconds(5 * hour),
            proof: isProved ? .init(counted: kept - hour - 60, shown: kept - 60) : nil, isOpen: isOpen)
    }

    /// What the machine says at a start, and how far counted time is from where it was.
    struct Case: Sendable {
        let name: String
        var mark: TimeMark = TimeMarkTests.mark()
        /// Since the mark, by the machine's clock.
        let shownLater: TimeInterval
        var isBorneOut = false
        var bootID: String? = "a"
        let sinceBoot: TimeInterval
        let countedLater: TimeInterval
        var isOpen = false
    }

    @Test(
        "from one run to the next so much is counted as is proved",
        arguments: [
            Case(name: "the same boot", shownLater: 60, sinceBoot: 5 * hour + 60, countedLater: 60),
            Case(name: "set ahead meanwhile", shownLater: 7 * hour, sinceBoot: 5 * hour + 60, countedLater: 60),
            Case(
                name: "set ahead, and NTP says so", shownLater: 7 * hour, isBorneOut: true, sinceBoot: 5 * hour + 60,
                countedLater: 60),
            Case(name: "set back", shownLater: -7 * hour, sinceBoot: 5 * hour + 60, countedLater: 60),
            Case(
                name: "off for the night, borne out before and after", shownLater: 12 * hour, isBorneOut: true,
                bootID: "b", sinceBoot: 90, countedLater: 12 * hour),
            Case(
                name: "off, and not borne out yet", shownLater: 12 * hour, bootID: "b", sinceBoot: 90, countedLater: 90,
                isOpen: true),
            Case(
                name: "off, and never borne out before", mark: mark(isProved: false), shownLater: 12 * hour,
                isBorneOut: true, bootID: "b", sinceBoot: 90, countedLater: 90),
            Case(
                name: "a clock that lost the time", shownLater: -400 * 24 * hour, bootID: "b", sinceBoot: 90,
                countedLater: 90, isOpen: true),
            Case(
                name: "the same boot, and still not known how long it was off", mark: mark(isOpen: true),
                shownLater: 12 * hour, sinceBoot: 5 * hour + 60, countedLater: 60, isOpen: true),
            Case(
                name: "the same boot, and borne out at last", mark: mark(isOpen: true), shownLater: 12 * hour,
                isBorneOut: true, sinceBoot: 5 * hour + 60, countedLater: 12 * hour),
            Case(
                name: "a boot without a name", mark: mark(bootID: nil), shownLater: 60, bootID: nil,
                sinceBoot: 5 * hour + 60, countedLater: 60, isOpen: true),
            Case(
                name: "a boot without a name that is surely another", mark: mark(bootID: nil), shownLater: 60,
                bootID: nil, sinceBoot: 30, countedLater: 30, isOpen: true),
        ])
    func start(what: Case) {
        let start = CountedStart(
            after: what.mark, newestSale: nil, shown: Self.kept + what.shownLater, isBorneOut: what.isBorneOut,
            bootID: what.bootID, sinceBoot: .seconds(what.sinceBoot))
        #expect(start.counted == what.mark.counted + what.countedLater, "\(what.name)")
        #expect(start.isOpen == what.isOpen, "\(what.name)")
        #expect(start.proof == what.mark.proof)
    }

    @Test("a database without a mark goes on from its newest sale, and a new one from what the clock shows")
    func withoutMark() {
        func counted(newest: TimeMark.Proof?, shown: Date) -> Date {
            CountedStart(
                after: nil, newestSale: newest, shown: shown, isBorneOut: false, bootID: "a", sinceBoot: .seconds(9)
            ).counted
        }
        #expect(counted(newest: nil, shown: Self.kept) == Self.kept)
        let sale = TimeMark.Proof(counted: Self.kept - Self.hour, shown: Self.kept)
        #expect(counted(newest: sale, shown: Self.kept + 600) == Self.kept - Self.hour + 600)
        #expect(counted(newest: sale, shown: Self.kept - 600) == Self.kept - Self.hour)
    }

    @Test("a sale that came after the last mark lies before the start all the same")
    func saleAfterMark() {
        let sale = TimeMark.Proof(counted: Self.mark().counted + 50, shown: Self.kept + 50)
        let start = CountedStart(
            after: Self.mark(), newestSale: sale, shown: Self.kept, isBorneOut: false, bootID: "b",
            sinceBoot: .seconds(20))
        #expect(start.counted == sale.counted)
    }

    @Test("what was not counted is told once the clock is borne out, and never less than nothing")
    func missing() {
        func start(bootID: String) -> CountedStart {
            CountedStart(
                after: Self.mark(), newestSale: nil, shown: Self.kept, isBorneOut: false, bootID: bootID,
                sinceBoot: .seconds(5 * Self.hour + 90))
        }
        let off = start(bootID: "b")
        let now = off.counted + 30
        let counted = now.timeIntervalSince(Self.mark().counted)
        #expect(off.missing(at: now, shown: Self.kept + counted + 12 * Self.hour) == 12 * Self.hour)
        #expect(off.missing(at: now, shown: Self.kept - 3 * Self.hour) == 0)
        #expect(start(bootID: "a").missing(at: now, shown: Self.kept + 12 * Self.hour) == 0)
    }
}
