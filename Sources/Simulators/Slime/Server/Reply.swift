/// An answer on its way to the wire, and what is to go wrong with it there.
struct Reply: Sendable {
    enum Delivery: Sendable {
        case whole
        /// The connection is closed instead.
        case lost
        /// Half of the body is sent, then the connection closed.
        case cutShort
    }

    var status: Int
    var contentType = "application/json"
    var body: [UInt8]
    /// The `Date` header.
    var date: String
    var retryAfter: Duration?
    var location: String?
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
}
