import Foundation

extension SlimeSimulator.Transaction {
    init(_ stub: StubRequest, data: [UInt8], at date: Date, base: String, projectID: String) {
        id = stub.transactionID
        self.data = data
        registeredAt = date
        attempts = 1
        tradeValue = stub.tradeValue
        tags = stub.tags
        token = Self.unguessable()
        serviceURL = "\(base)/projects/\(projectID)/trading-document-interface/\(stub.transactionID)/\(token)"
    }

    /// 32 hexadecimal digits that nobody can guess.
    private static func unguessable() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The answer of `trading-transaction/show`. A stub has no documents.
    func shown(serviceURL: String?, tradeValue: String?, includesDocuments: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id),
            "initiated_at": .string(UTCTime.timestamp(registeredAt)),
            "tags": .array(tags.map(JSONValue.string)),
            "system_tags": .array([]),
            "storage_used": .number("0"),
        ]
        if let tradeValue { members["trade_value"] = .string(tradeValue) }
        if let serviceURL { members["service_url"] = .string(serviceURL) }
        if includesDocuments { members["documents"] = .array([]) }
        return .object(members)
    }
}
