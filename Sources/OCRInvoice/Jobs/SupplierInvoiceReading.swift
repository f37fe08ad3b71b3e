/// What the service read on a supplier's invoice: JSON, byte by byte as it came. It is a document's content, so nothing shows
/// it.
public struct SupplierInvoiceReading: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public var description: String { "a reading" }
    public var debugDescription: String { description }
}

extension SupplierInvoiceReading: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}
