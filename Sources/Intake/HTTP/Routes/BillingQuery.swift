import GatewayAPI
import HummingbirdCore

/// The provider's own parameters, and `anew=true`, which is ours.
struct BillingQuery {
    let values: [String: String]
    let isAnew: Bool

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        var values: [String: String] = [:]
        for (name, value) in parameters {
            guard values.updateValue(String(value), forKey: String(name)) == nil else {
                throw ProblemError(Problem.badRequest("\(name.prefix(40)): expected once, found several"))
            }
        }
        switch values.removeValue(forKey: "anew") {
        case nil, "false": isAnew = false
        case "true": isAnew = true
        default: throw ProblemError(Problem.badRequest("anew: expected true or false"))
        }
        self.values = values
    }
}

/// `{"path":"/var/lib/kamkap/billgate-key.new","new":false}`
struct TokenFileRequest {
    /// Absolute, of a file that is not there yet.
    let path: String
    let isNew: Bool

    init(_ body: [UInt8]) throws {
        var reader = try StaffRequest(body, known: ["path", "new"])
        path = reader.string("path") ?? ""
        if !path.hasPrefix("/") || path.hasSuffix("/") || path.utf8.contains(0) {
            reader.add("path", "expected the absolute path of a file, such as \"/var/lib/kamkap/billgate-key.new\"")
        }
        isNew = reader.flag("new") ?? false
        try reader.finish()
    }
}
