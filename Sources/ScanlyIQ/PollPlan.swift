/// When a job is asked for its result. Its customer waits for the first two minutes; after that nobody does.
struct PollPlan: Sendable, Equatable {
    private static let first: [Duration] = [.seconds(1), .seconds(2), .seconds(3)]
    private static let usual: Duration = .seconds(5)
    static let late: Duration = .seconds(60)
    static let customerWaits: Duration = .seconds(120)

    let giveUpAfter: Duration

    /// The pause after so many polls without a result; nil if it is given up.
    func pause(after polls: Int) -> Duration? {
        let waited = waited(at: polls)
        guard waited < giveUpAfter else { return nil }
        return min(pause(polls, waited: waited), giveUpAfter - waited)
    }

    /// Whether nobody waits for this poll any more.
    func isLate(_ polls: Int) -> Bool { waited(at: polls) >= Self.customerWaits }

    /// The sum of all pauses before a poll, and no more than the time after which it is given up.
    private func waited(at poll: Int) -> Duration {
        var waited = Duration.zero
        var number = 0
        while number < poll, waited < giveUpAfter {
            waited += pause(number, waited: waited)
            number += 1
        }
        return min(waited, giveUpAfter)
    }

    private func pause(_ number: Int, waited: Duration) -> Duration {
        if number < Self.first.count { return Self.first[number] }
        return waited < Self.customerWaits ? Self.usual : Self.late
    }
}
