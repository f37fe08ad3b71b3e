/// A fault of a file as the control's JSON writes it:
///
/// ```
/// {"kind": "file_slow", "milliseconds": 3000}
/// {"kind": "file_status", "status": 404}
/// {"kind": "file_html"}
/// {"kind": "file_size", "bytes": 100}
/// {"kind": "file_redirect", "url": "file:///etc/passwd"}
/// {"kind": "file_cut"}
/// {"kind": "file_lost"}
/// {"kind": "file_endless"}
/// {"kind": "file_drip"}
/// {"kind": "file_packed", "coding": "gzip"}
/// ```
extension SlimeSimulator.Fault.FileFault {
    /// nil if there is no such kind.
    init?(_ kind: String, _ member: Member) throws(Refusal) {
        switch kind {
        case "file_slow": self = .slow(.milliseconds(try member.integer("milliseconds", in: 0...3_600_000)))
        case "file_status": self = .status(try member.integer("status", in: 200...599))
        case "file_html": self = .html
        case "file_size":
            self = .size(try member.integer("bytes", in: 0...SlimeSimulator.DocumentRules.largestFile))
        case "file_redirect": self = .redirect(try member.string("url"))
        case "file_cut": self = .cut
        case "file_lost": self = .lost
        case "file_endless": self = .endless
        case "file_drip": self = .drip
        case "file_packed": self = .packed(try AnswerCoding(member))
        default: return nil
        }
    }

    var json: [String: JSONValue] {
        switch self {
        case .slow(let delay): ["kind": .string("file_slow"), "milliseconds": .milliseconds(delay)]
        case .status(let status): ["kind": .string("file_status"), "status": .number(String(status))]
        case .html: ["kind": .string("file_html")]
        case .size(let bytes): ["kind": .string("file_size"), "bytes": .number(String(bytes))]
        case .redirect(let url): ["kind": .string("file_redirect"), "url": .string(url)]
        case .cut: ["kind": .string("file_cut")]
        case .lost: ["kind": .string("file_lost")]
        case .endless: ["kind": .string("file_endless")]
        case .drip: ["kind": .string("file_drip")]
        case .packed(let coding): ["kind": .string("file_packed"), "coding": .string(coding.rawValue)]
        }
    }
}
