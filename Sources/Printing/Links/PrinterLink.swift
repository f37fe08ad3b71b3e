/// A way to a printer, used by one connection at a time.
public protocol PrinterLink: Sendable {
    /// Whether a printer can say anything over this link.
    var answers: Bool { get }
    func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection
}
