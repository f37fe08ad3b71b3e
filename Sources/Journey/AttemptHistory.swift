public import Sales

/// What is on record of a job's attempts.
public struct AttemptHistory: Sendable, Equatable {
    /// Attempts begun so far.
    public private(set) var count: Int
    /// Whether an attempt was recorded whose answer never was: after a crash, this says that it may have been sent.
    public private(set) var hasOpen: Bool
    /// Whether an earlier attempt may have made the service act.
    public private(set) var mayHaveActed: Bool
    /// Whether it failed while others got through. Until it succeeds or a person sends it again, it goes after all
    /// others.
    public private(set) var waitsApart: Bool

    /// The search for what an earlier attempt may have made; for the second step, for what was made.
    public private(set) var search: JobSearch

    public init(
        count: Int = 0, hasOpen: Bool = false, mayHaveActed: Bool = false, waitsApart: Bool = false,
        search: JobSearch = JobSearch()
    ) {
        self.count = count
        self.hasOpen = hasOpen
        self.mayHaveActed = mayHaveActed
        self.waitsApart = waitsApart
        self.search = search
    }

    /// - Parameter acting: whether the attempt may make the service act. An open one of that kind may have done so.
    mutating func began(acting: Bool) {
        if hasOpen, acting { acted() }
        hasOpen = true
        count += 1
    }

    /// The attempt has the service's answer to one step, and takes the next.
    mutating func goesOn() { hasOpen = true }

    mutating func wasWithdrawn() {
        hasOpen = false
        count -= 1
    }

    mutating func ended(acted: Bool = false, waitsApart: Bool) {
        hasOpen = false
        if acted { self.acted() }
        self.waitsApart = waitsApart
    }

    /// The service has acted, or may have.
    private mutating func acted() {
        mayHaveActed = true
        search.mayHaveActed()
    }

    /// What the next attempt needs is ready, and none before it can have made the service act.
    mutating func hasPrepared() {
        hasOpen = false
        mayHaveActed = false
        waitsApart = false
        // What was looked for in vain was made again.
        if search.permitsRepeat { search.wasLost() } else { search.startAgain() }
    }

    /// What was made is gone. It is made again, and that counts as a repeat.
    mutating func hasLost() {
        hasOpen = false
        mayHaveActed = false
        search.wasLost()
    }

    /// The service was looked through, and what was looked for is not there.
    mutating func foundNothing() {
        hasOpen = false
        search.foundNothing()
    }

    /// Something else is looked for from now on.
    mutating func endSearch() { search = JobSearch() }

    /// What was looked for is there, or was made again. How often stays on record: what is lost after that has a bound.
    mutating func hasFound() { search = JobSearch(repeats: search.repeats) }

    /// What was not found so far counts no more.
    mutating func searchAgain() { search.startAgain() }

    /// The service has what is looked for, and does not list it.
    mutating func foundUnlisted() {
        hasOpen = false
        search.isUnlisted()
    }

    /// What the service has is ours: a person says so.
    mutating func wasAdopted() {
        search = JobSearch(isAdopted: true)
        acted()
    }

    /// What was made is taken back, if it was ours: only a look shows that nothing is there any more.
    mutating func wasTakenBack() {
        hasOpen = false
        search = JobSearch()
    }

    /// What an earlier attempt may have made is not what is asked for now.
    ///
    /// - Parameter forgettingAttempts: whether those do not count either: they were at another service.
    mutating func startOver(forgettingAttempts: Bool) {
        search = JobSearch()
        mayHaveActed = false
        if forgettingAttempts { count = 0 }
    }

    mutating func wasRetried() { waitsApart = false }
}
