public import Printing

/// How one printer is used.
public struct PrintWorkerSettings: Sendable {
    public let printer: Printer
    public let cut: CutKind
    /// Whether a cash drawer is connected to it.
    public let hasDrawer: Bool
    public let fallback: PrinterFallback?
    public let limits: PrintLimits
    /// Whether it prints documents as their provider made them: through a print server whose driver takes whole pages.
    public let printsDocuments: Bool

    public init(
        printer: Printer, cut: CutKind, hasDrawer: Bool, fallback: PrinterFallback? = nil,
        limits: PrintLimits = PrintLimits(), printsDocuments: Bool = false
    ) {
        self.printer = printer
        self.cut = cut
        self.hasDrawer = hasDrawer
        self.fallback = fallback
        self.limits = limits
        self.printsDocuments = printsDocuments
    }
}
