/// What a person's retry of a registration changes.
public struct RegistrationRetry: Sendable, Equatable {
    /// The registration afterwards: due at once.
    public let machine: JobMachine
    /// Whether its request is built again. One that only waits keeps the bytes that may have been sent.
    public let takesNewRequest: Bool
    /// Whether the hold is lifted: a person who retries a held sale says that the account is corrected. The hold comes back
    /// if it is not. All held jobs become due together, because a hold puts none of them off.
    public let releasesHold: Bool
}
