/// A service outside that owes something to sales, by the name that stands in the database and on the wire.
///
/// Not an enum: only the code that knows a service has to name it.
public struct ServiceName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let slime = ServiceName(rawValue: "slime")
    public static let billgate = ServiceName(rawValue: "billgate")
    public static let scanlyIQ = ServiceName(rawValue: "scanlyiq")
    public static let ocrInvoice = ServiceName(rawValue: "ocr-invoice")

    /// They read papers, and owe nothing to a sale.
    public static let readers = [scanlyIQ, ocrInvoice]

    public var description: String { rawValue }
}
