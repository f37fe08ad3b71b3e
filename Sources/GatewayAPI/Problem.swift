public import Sales

/// Why a request was refused (RFC 9457, `application/problem+json`).
public struct Problem: WireResource {
    public static let mediaType = "application/problem+json"
    private static let typePrefix = "urn:kamkap:problem:"

    /// The kinds of problem; the raw value ends the `type` URI.
    public enum Kind: String, Sendable, CaseIterable {
        case notJSON = "not-json"
        case wrongMediaType = "wrong-media-type"
        case tooLarge = "too-large"
        case invalidSale = "invalid-sale"
        case invalidRequest = "invalid-request"
        case conflict = "conflict"
        case notFound = "not-found"
        case unauthorized = "unauthorized"
        case forbidden = "forbidden"
        case wrongMethod = "wrong-method"
        case unavailable = "unavailable"
        case printerUnavailable = "printer-unavailable"
        case diskFull = "disk-full"
        case timedOut = "timed-out"
        case failed = "failed"
    }

    public var kind = Kind.failed
    public var title = ""
    public var status = 500
    public var detail = ""
    /// Every fault with its place, for 422.
    public var errors: [SaleFault]?

    public init() {}

    public init(_ kind: Kind, status: Int, title: String, detail: String, errors: [SaleFault]? = nil) {
        self.kind = kind
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = errors
    }

    public static let fields: [WireField<Problem>] = [
        .field("type", \.type), .field("title", \.title), .field("status", \.status), .field("detail", \.detail),
        .optionalField("errors", \.faults),
    ]

    /// An unknown kind, of a newer gateway, is read as a failure.
    private var type: String {
        get { Self.typePrefix + kind.rawValue }
        set { kind = Kind(rawValue: String(newValue.split(separator: ":").last ?? "")) ?? .failed }
    }

    private var faults: [FaultResource]? {
        get { errors?.map { FaultResource(pointer: $0.pointer, detail: $0.detail) } }
        set { errors = newValue?.map { SaleFault(pointer: $0.pointer, detail: $0.detail) } }
    }
}

/// A fault with its place in the body.
struct FaultResource: WireResource {
    var pointer = ""
    var detail = ""

    init() {}

    init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    static let fields: [WireField<FaultResource>] = [.field("pointer", \.pointer), .field("detail", \.detail)]
}
