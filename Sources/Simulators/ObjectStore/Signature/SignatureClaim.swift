import Foundation

/// What a request says of its own signature, in the header `Authorization` or in its query.
struct SignatureClaim: Sendable {
    let keyID: String
    /// What follows the key's id in the credential: day, region, service and end.
    let scope: [String]
    let signedHeaders: [String]
    let signature: String
    /// `20130524T000000Z`.
    let time: String
    /// In seconds; nil for a signature in the header.
    let life: Int?

    static let algorithm = "AWS4-HMAC-SHA256"
    private static let longestLife = 604_800

    init(_ request: StoreRequest) throws(StoreRefusal) {
        guard let query = request.query else { throw .invalidURI }
        let isInQuery = query.contains { $0.name.starts(with: "X-Amz-".utf8) }
        switch (request.header("authorization"), isInQuery) {
        case (let header?, false): try self.init(header: header, request)
        case (nil, true): try self.init(query: request)
        case (nil, false): throw .denied("Access Denied")
        case (.some, true):
            throw StoreRefusal(
                status: 400, code: "InvalidArgument",
                message: "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the"
                    + " Authorization header should be specified")
        }
    }

    private init(header: String, _ request: StoreRequest) throws(StoreRefusal) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0] == Self.algorithm else { throw Self.malformed("algorithm") }
        var fields: [String: String] = [:]
        for field in parts[1].split(separator: ",") {
            let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw Self.malformed("fields") }
            fields[sides[0].trimmingCharacters(in: .whitespaces)] = String(sides[1])
        }
        guard let credential = fields["Credential"], let names = fields["SignedHeaders"],
            let signature = fields["Signature"], fields.count == 3
        else { throw Self.malformed("fields") }
        guard let time = request.header("x-amz-date") else {
            throw .denied("AWS authentication requires a valid Date or x-amz-date header")
        }
        try self.init(credential: credential, names: names, signature: signature, time: time, life: nil)
    }

    private init(query request: StoreRequest) throws(StoreRefusal) {
        guard request.parameter("X-Amz-Algorithm") == Self.algorithm,
            let credential = request.parameter("X-Amz-Credential"),
            let names = request.parameter("X-Amz-SignedHeaders"),
            let signature = request.parameter("X-Amz-Signature"), let time = request.parameter("X-Amz-Date"),
            let life = request.parameter("X-Amz-Expires").flatMap({ Int($0) }), (1...Self.longestLife).contains(life)
        else {
            throw StoreRefusal(
                status: 400, code: "AuthorizationQueryParametersError",
                message: "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                    + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
        }
        try self.init(credential: credential, names: names, signature: signature, time: time, life: life)
    }

    private init(
        credential: String, names: String, signature: String, time: String, life: Int?
    ) throws(StoreRefusal) {
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, !parts[0].isEmpty else { throw Self.malformed("Credential") }
        keyID = parts[0]
        scope = Array(parts.dropFirst())
        signedHeaders = names.split(separator: ";").map(String.init)
        self.signature = signature
        self.time = time
        self.life = life
    }

    private static func malformed(_ what: String) -> StoreRefusal {
        StoreRefusal(
            status: 400, code: "AuthorizationHeaderMalformed", message: "The authorization is malformed: \(what).")
    }

    /// When it was signed; nil where the text is no such time.
    var date: Date? {
        let digits = Array(time.utf8)
        guard digits.count == 16, digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            let part = digits[range]
            guard part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int(String(decoding: part, as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), let hour = number(9..<11),
            let minute = number(11..<13), let second = number(13..<15), (1...12).contains(month),
            (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = UTCTime.dayNumber(year: year, month: month, day: day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
    }
}
