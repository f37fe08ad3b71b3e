/// What a printer says of itself.
public struct PrinterStatus: Sendable, Hashable {
    public var online: Bool
    public var coverOpen: Bool
    public var paperEnd: Bool
    /// The roll will soon be empty; printing goes on.
    public var paperNearEnd: Bool
    public var cutterError: Bool
    /// The printer must be switched off and on, or repaired.
    public var unrecoverableError: Bool
    /// Any other error, such as a head that is too hot.
    public var otherError: Bool
    /// What the printer has said anything about; the rest counts as good.
    public var told: PrinterSensors

    public init(
        online: Bool = true, coverOpen: Bool = false, paperEnd: Bool = false, paperNearEnd: Bool = false,
        cutterError: Bool = false, unrecoverableError: Bool = false, otherError: Bool = false,
        told: PrinterSensors = .all
    ) {
        self.online = online
        self.coverOpen = coverOpen
        self.paperEnd = paperEnd
        self.paperNearEnd = paperNearEnd
        self.cutterError = cutterError
        self.unrecoverableError = unrecoverableError
        self.otherError = otherError
        self.told = told
    }

    public var canPrint: Bool {
        online && !coverOpen && !paperEnd && !cutterError && !unrecoverableError && !otherError
    }

    /// The most telling cause in a few plain words.
    public var summary: String {
        if unrecoverableError { return "in an error that it cannot leave by itself" }
        if coverOpen { return "cover open" }
        if paperEnd { return "out of paper" }
        if cutterError { return "cutter jammed" }
        if otherError { return "in an error" }
        if !online { return "offline" }
        return paperNearEnd ? "ready, paper nearly out" : "ready"
    }
}
