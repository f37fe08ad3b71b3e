/// An answer on its way to the network, and the fault that it meets there.
struct Reply: Sendable {
    enum Delivery: Sendable {
        case whole
        /// The connection is closed instead.
        case lost
        /// Half of the body is sent, then the connection closed.
        case cutShort
        /// Bytes without end behind the body.
        case endless
        /// A byte each fifth of a second.
        case drip
    }

    var status: Int
    var contentType = "application/json"
    var body: [UInt8]
    /// The `Date` header.
    var date: String
    var retryAfter: Duration?
    var location: String?
    /// The `ETag` header.
    var entityTag: String?
    /// The `Content-Encoding` header.
    var coding: String?
    var delay: Duration?
    var delivery = Delivery.whole

    static func json(_ status: Int, _ value: JSONValue, date: String) -> Reply {
        Reply(status: status, body: value.bytes, date: date)
    }

    static func text(_ status: Int, _ text: String, date: String) -> Reply {
        Reply(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8), date: date)
    }

    static func html(_ status: Int, _ page: String, date: String) -> Reply {
        Reply(status: status, contentType: "text/html; charset=utf-8", body: Array(page.utf8), date: date)
    }
}
