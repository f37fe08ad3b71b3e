import Testing

@testable import ScanlyIQ

@Suite struct PollPlanTests {
    private func pauses(_ giveUpAfter: Duration) -> [Duration] {
        let plan = PollPlan(giveUpAfter: giveUpAfter)
        var pauses: [Duration] = []
        while let pause = plan.pause(after: pauses.count) { pauses.append(pause) }
        return pauses
    }

    @Test("a job is asked for often while its customer waits, then every minute, and is given up in time")
    func usual() {
        let pauses = pauses(.seconds(600))
        #expect(pauses.prefix(5) == [.seconds(1), .seconds(2), .seconds(3), .seconds(5), .seconds(5)])
        #expect(pauses.reduce(.zero, +) == .seconds(600))
        let often = pauses.filter { $0 <= .seconds(5) }
        #expect(often.reduce(.zero, +) == .seconds(121))
        let late = pauses.dropFirst(often.count).map { $0 / .seconds(1) }
        #expect(late == [60, 60, 60, 60, 60, 60, 60, 59])
    }

    @Test("the last poll is when it is given up, however short that is", arguments: [1, 2, 5, 7, 121, 122])
    func short(seconds: Int) {
        #expect(pauses(.seconds(seconds)).reduce(.zero, +) == .seconds(seconds))
    }

    @Test("nobody waits any more after two minutes")
    func late() {
        let plan = PollPlan(giveUpAfter: .seconds(600))
        #expect(!plan.isLate(0) && !plan.isLate(25) && plan.isLate(26) && plan.isLate(.max))
        #expect(plan.pause(after: .max) == nil)
    }
}
