public import Printing

/// How one printer is used.
public struct PrintWorkerSettings: Sendable {
    public let printer: Printer
    public let cut: CutKind
    /// Whether a cash drawer is connected to it.
    public let hasDrawer: Bool
    /// The printer that takes over once this one could not print for ``fallbackAfter``.
    public let fallback: String?
    public let fallbackAfter: Duration
    /// How long a paper may wait for its link.
    public let qrDeadline: Duration
    /// A print that was not begun by then is failed, not printed the next morning.
    public let printMaximumAge: Duration
    /// How long a printer that cannot print is left alone before it is asked again.
    public let retryInterval: Duration

    public init(
        printer: Printer, cut: CutKind, hasDrawer: Bool, fallback: String? = nil,
        fallbackAfter: Duration = .seconds(15), qrDeadline: Duration, printMaximumAge: Duration,
        retryInterval: Duration = .seconds(2)
    ) {
        self.printer = printer
        self.cut = cut
        self.hasDrawer = hasDrawer
        self.fallback = fallback
        self.fallbackAfter = fallbackAfter
        self.qrDeadline = qrDeadline
        self.printMaximumAge = printMaximumAge
        self.retryInterval = retryInterval
    }
}
