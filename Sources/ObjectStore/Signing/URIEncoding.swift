/// Percent-encoding as signatures want it: every byte of UTF-8 but the unreserved ones of RFC 3986 §2.3, with upper-case
/// digits, and a space as `%20` (Amazon S3 API Reference, "Signature Calculations for the Authorization Header").
enum URIEncoding {
    static func encode(_ text: String) -> String { encode(text, leaving: nil) }

    /// The slashes stay.
    static func encodePath(_ text: String) -> String { encode(text, leaving: UInt8(ascii: "/")) }

    private static func encode(_ text: String, leaving kept: UInt8?) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || byte == kept {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
