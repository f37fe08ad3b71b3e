/// What is on record of the search for what a job's earlier attempts may have made, at a service that cannot tell a repeat.
public struct JobSearch: Sendable, Equatable {
    /// So often in a row nothing is found before it is made again. Each look comes a while after the one before: lists of a
    /// service may be late.
    public static let absencesBeforeRepeat = 2
    /// Between two looks: longer than lists are late.
    public static let pause: Duration = .seconds(60)

    /// How often in a row nothing was found, since the service may last have acted.
    public private(set) var absences: Int
    /// How often it was made again for that reason.
    public private(set) var repeats: Int
    /// Whether the service says that it has it, though it does not list it: it is never made again.
    public private(set) var isSurelyMade: Bool
    /// Whether a person named what was made: if it does not show, its name is wrong.
    public let isAdopted: Bool

    public init(absences: Int = 0, repeats: Int = 0, isSurelyMade: Bool = false, isAdopted: Bool = false) {
        self.absences = absences
        self.repeats = repeats
        self.isSurelyMade = isSurelyMade
        self.isAdopted = isAdopted
    }

    /// Whether it was looked for often enough: the next attempt may act.
    public var permitsRepeat: Bool { absences >= Self.absencesBeforeRepeat && !isSurelyMade }

    /// Nothing was found.
    public mutating func foundNothing() { absences += 1 }

    /// The service has it, and does not list it.
    public mutating func isUnlisted() { (absences, isSurelyMade) = (0, true) }

    /// What was not found so far counts no more.
    public mutating func startAgain() { absences = 0 }

    /// What was made is gone at the service, and is made again.
    public mutating func wasLost() {
        repeats += 1
        absences = 0
    }

    /// The service may have acted again: what was found, or not found, before says nothing any more.
    public mutating func mayHaveActed() {
        if permitsRepeat { repeats += 1 }
        absences = 0
    }
}
