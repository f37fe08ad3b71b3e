import JSON

/// What holds of whatever the gateway says on a till's connection. The tests hold the answers to the corpus against it, and
/// libFuzzer those to whatever it makes.
enum AnswerProperties {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// 500 and 507 are not among them: no request makes the gateway fail, and the disk has room.
    private static let statuses: Set<Int> = [
        100, 200, 201, 202, 204, 400, 401, 403, 404, 405, 408, 409, 413, 415, 417, 422, 431, 501, 503, 505,
    ]

    /// - Returns: the status of each answer, as far as they can be told apart without knowing what was asked.
    @discardableResult
    static func hold(for heard: [UInt8]) throws(Broken) -> [Int] {
        var told: [Int] = []
        var rest = heard[...]
        while let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            rest = rest[end.upperBound...]
            // A stream to an old client is in the form that it knows.
            guard let first = head.first, first.hasPrefix("HTTP/1.1 ") || first == "HTTP/1.0 200 OK",
                let status = Int(first.dropFirst(9).prefix(3)), statuses.contains(status)
            else { throw Broken(description: "no answer of ours: \(head.first ?? "")") }
            told.append(status)
            if status == 100 { continue }
            let fields = Dictionary(
                head.dropFirst().map { line in
                    let colon = line.firstIndex(of: ":") ?? line.endIndex
                    return (line[..<colon].lowercased(), String(line[colon...].dropFirst().drop { $0 == " " }))
                }, uniquingKeysWith: { first, _ in first })
            // A stream has no length, and an answer to HEAD has no body.
            guard let length = fields["content-length"].flatMap({ Int($0) }), rest.count >= length,
                !rest.starts(with: "HTTP/1.1 ".utf8)
            else { break }
            try hold(Array(rest.prefix(length)), status: status, type: fields["content-type"])
            rest = rest.dropFirst(length)
        }
        return told
    }

    private static func hold(_ body: [UInt8], status: Int, type: String?) throws(Broken) {
        let isProblem = type == "application/problem+json"
        guard isProblem || status < 400 || body.isEmpty else {
            throw Broken(description: "\(status) as \(type ?? "nothing")")
        }
        guard type?.hasSuffix("json") ?? false else { return }
        guard let value = try? JSONParser.parse(body), case .object(let object) = value else {
            throw Broken(description: "not JSON: \(String(decoding: body.prefix(4_096), as: UTF8.self))")
        }
        guard isProblem else { return }
        guard case .string? = object["type"], case .string? = object["detail"],
            object["status"] == .number(JSONNumber(status))
        else { throw Broken(description: "\(status): \(String(decoding: body.prefix(4_096), as: UTF8.self))") }
    }
}
