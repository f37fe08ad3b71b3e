/// The printer that takes over from one that cannot print.
public struct PrinterFallback: Sendable {
    public let printer: String
    /// How long the other one may be unable to print before that.
    public let after: Duration

    public init(printer: String, after: Duration = .seconds(15)) {
        self.printer = printer
        self.after = after
    }
}
