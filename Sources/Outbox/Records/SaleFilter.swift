public import Sales

/// Which sales are listed: those that every given condition lets through.
public struct SaleFilter: Sendable, Equatable {
    public var registration: SaleRegistration.State?
    /// With ``registration``: the providers, if not all.
    public var providers: [ServiceName]?
    /// The whole number on the paper, as it stands there.
    public var number: String?
    public var terminalID: String?
    /// The first day of issue, as the papers show it.
    public var from: BangkokDay?
    /// The last day of issue.
    public var to: BangkokDay?

    public init(
        registration: SaleRegistration.State? = nil, providers: [ServiceName]? = nil, number: String? = nil,
        terminalID: String? = nil,
        from: BangkokDay? = nil, to: BangkokDay? = nil
    ) {
        self.registration = registration
        self.providers = providers
        self.number = number
        self.terminalID = terminalID
        self.from = from
        self.to = to
    }

    /// Whether only the registration decides, or nothing.
    var isOfRegistrationsOnly: Bool {
        providers == nil && number == nil && terminalID == nil && from == nil && to == nil
    }
}
