/// Who may use a listener, and how much of it.
public struct ListenerRules: Sendable {
    public let access: ListenerAccess
    /// Which web pages may use it.
    public let origins: AllowedOrigins
    public let limits: ListenerLimits

    public init(
        access: ListenerAccess = .local, origins: AllowedOrigins = AllowedOrigins(),
        limits: ListenerLimits = ListenerLimits()
    ) {
        self.access = access
        self.origins = origins
        self.limits = limits
    }
}
