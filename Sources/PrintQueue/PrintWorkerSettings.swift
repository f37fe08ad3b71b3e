public import Printing

/// How one printer is used.
public struct PrintWorkerSettings: Sendable {
    public let printer: Printer
    public let cut: CutKind
    /// Whether a cash drawer is connected to it.
    public let hasDrawer: Bool
    public let fallback: PrinterFallback?
    public let limits: PrintLimits

    public init(
        printer: Printer, cut: CutKind, hasDrawer: Bool, fallback: PrinterFallback? = nil,
        limits: PrintLimits = PrintLimits()
    ) {
        self.printer = printer
        self.cut = cut
        self.hasDrawer = hasDrawer
        self.fallback = fallback
        self.limits = limits
    }
}
