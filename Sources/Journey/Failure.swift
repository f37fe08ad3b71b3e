public import struct Foundation.Date

/// Why something owed is not done yet, for a till and the store's staff.
public struct Failure: Sendable, Equatable {
    /// The provider's exception code, or one of ours in the same style: `Gateway::TimedOut`.
    public let code: String
    /// What happened and what to do. May quote the provider, which may quote what it was sent: for the till and the
    /// staff, never for a log.
    public let message: String
    public let at: Date

    public init(code: String, message: String, at: Date) {
        self.code = code
        self.message = message
        self.at = at
    }

    /// Whether the document that was taken for this sale's is not: it turned out to be another's, or is not there. Every
    /// service calls it so.
    public var isOfAnotherDocument: Bool { code.hasSuffix("::AnotherDocument") || isOfNoDocument }

    /// Whether there is no document of the name that a person gave.
    public var isOfNoDocument: Bool { code.hasSuffix("::NoSuchDocument") }

    /// Whether it is not known what an attempt made, and cannot be found out. A document whose name was known is not there any
    /// more: otherwise nothing else would have been looked for.
    public var isOfUnknownEnd: Bool { code == "Gateway::OutcomeUnknown" }
}

/// An event for which a state machine has no transition: a fault of the program, answered and logged, never acted on.
public struct IllegalTransition: Error, Sendable, Equatable, CustomStringConvertible {
    public let state: String
    public let event: String

    public var description: String { "no transition from \(state) by \(event)" }
}
