public import JSON

/// One thing that is wrong with a sale, and where.
public struct SaleFault: Sendable, Equatable, CustomStringConvertible {
    /// RFC 6901, into the event as it was sent: `/document/line_items/0/quantity`; empty for the whole.
    public let pointer: String
    /// What was found and what is expected.
    public let detail: String

    public init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    public var description: String { pointer.isEmpty ? detail : "\(pointer): \(detail)" }
}

/// Why an event is no sale.
public enum SaleRejection: Error, Sendable, Equatable {
    /// The text is not JSON, or an object has a member twice.
    case notJSON(JSONSyntaxError)
    /// Every fault that was found.
    case invalid([SaleFault])
}
