import Foundation

/// A call as it came, before clock, faults and objects are asked. Making one is the part of the work that can run in parallel.
struct StoreRequest: Sendable {
    let method: String
    /// The header `Host`.
    let host: String
    /// By their names in lower case, in the order in which they came; `host` is one of them.
    let headers: [String: [String]]
    /// The path, still encoded.
    let path: String
    /// The query's parameters, decoded, in the order in which they came; nil where it is no percent-encoding.
    let query: [QueryItem]?
    /// nil if it was too long.
    let body: [UInt8]?
    let bodyDigest: String

    struct QueryItem: Sendable, Equatable {
        let name: [UInt8]
        let value: [UInt8]
    }

    init(method: String, target: String, host: String, headers: [String: [String]], body: [UInt8]?) {
        self.method = method
        self.host = host
        self.headers = headers.merging(["host": [host]]) { _, own in own }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        query = parts.count > 1 ? Self.items(parts[1]) : []
        self.body = body
        bodyDigest = SignatureCheck.digest(body ?? [])
    }

    private static func items(_ text: Substring) -> [QueryItem]? {
        var items: [QueryItem] = []
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decode(sides[0].utf8),
                let value = PercentText.decode(sides.count > 1 ? sides[1].utf8 : Substring("").utf8)
            else { return nil }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }

    /// The value of the one parameter of this name.
    func parameter(_ name: String) -> String? {
        let found = query?.filter { $0.name == Array(name.utf8) } ?? []
        return found.count == 1 ? String(validating: found[0].value, as: UTF8.self) : nil
    }

    func header(_ name: String) -> String? { headers[name]?.joined(separator: ",") }

    var operation: ObjectStoreSimulator.Operation? {
        switch method {
        case "PUT": .put
        case "GET": .get
        case "DELETE": .delete
        default: nil
        }
    }

    /// The bucket and the key that it names: the bucket stands first in the path, or first in the host's name.
    func place(bucket: String) throws(StoreRefusal) -> (bucket: String, key: [UInt8]) {
        guard path.hasPrefix("/"), let decoded = PercentText.decode(path.utf8) else { throw .invalidURI }
        let isInHost = host.hasPrefix(bucket + ".")
        var rest = decoded.dropFirst()
        var named = bucket
        if !isInHost {
            named = String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
            rest = rest.drop { $0 != UInt8(ascii: "/") }.dropFirst()
        }
        guard !rest.isEmpty else { throw .notImplemented }
        guard rest.count <= 1024, String(validating: rest, as: UTF8.self) != nil else { throw .invalidURI }
        return (named, Array(rest))
    }
}
