public import JSON
public import Sales

/// Why a request was refused (RFC 9457, `application/problem+json`).
public struct Problem: Sendable, Equatable {
    public static let mediaType = "application/problem+json"

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

    public var kind: Kind
    public var title: String
    public var status: Int
    public var detail: String
    /// Every fault with its place, for 422.
    public var errors: [SaleFault]?

    public init(_ kind: Kind, status: Int, title: String, detail: String, errors: [SaleFault]? = nil) {
        self.kind = kind
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = errors
    }

    public var json: JSONValue {
        var members: JSONObject = [
            "type": .string("urn:kamkap:problem:\(kind.rawValue)"), "title": .string(title),
            "status": .number(JSONNumber(status)), "detail": .string(detail),
        ]
        if let errors {
            members["errors"] = .array(
                errors.map { .object(["pointer": .string($0.pointer), "detail": .string($0.detail)]) })
        }
        return .object(members)
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        let type = try members.string("type")
        kind = Kind(rawValue: String(type.split(separator: ":").last ?? "")) ?? .failed
        title = try members.string("title")
        status = try members.integer("status")
        detail = try members.string("detail")
        guard members.has("errors") else { return }
        errors = try members.array("errors").map { json throws(WireFault) in
            let fault = try WireReader(json)
            return SaleFault(pointer: try fault.string("pointer"), detail: try fault.string("detail"))
        }
    }
}
