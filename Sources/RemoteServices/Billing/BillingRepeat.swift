/// Whether a call whose end is unknown may be sent again.
public enum BillingRepeat: Sendable, Equatable {
    /// It says the whole of what is to be: a second one changes nothing.
    case harmless
    /// Once the thing has been looked for, and is not there: the look-up is exact.
    case afterLooks
    /// As ``afterLooks``; and one look goes before the first call too, because one thing has only one of these.
    case looksFirst
    /// The bill's status tells.
    case byStatus
    /// Nobody can tell.
    case never
}

/// What a look for the thing that a call makes brought.
public enum BillingFinding: Sendable, Equatable {
    case found(String)
    case absent
    case unknown
}
