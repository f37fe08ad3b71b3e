public import struct Foundation.Date

extension SlimeSimulator {
    /// A registered transaction.
    public struct Transaction: Sendable {
        public let id: String
        /// The subject that registered it; empty for one of another store's.
        public let subject: String
        public let type: DocumentType
        /// The claim `data` exactly as in the token that registered it.
        public let data: [UInt8]
        public let registeredAt: Date
        /// Where its customer may ask for a tax invoice. Anybody who knows it may.
        public let serviceURL: String
        /// How many calls that initiate a transaction named it, including the one that registered it.
        public internal(set) var attempts: Int
        public internal(set) var tags: [String]
        /// Its buyers: `NIDN:1234567851231`.
        public internal(set) var systemTags: [String]
        /// Whether another store of the project made it.
        public let isOtherStores: Bool
        /// nil where a fault leaves it out.
        var tradeValue: String?
        let token: String

        /// What an answer says about its documents.
        struct Documents {
            /// nil if the call did not ask for them.
            let listed: [JSONValue]?
            let storageUsed: Int
        }
    }
}

extension SlimeSimulator.Transaction {
    /// - Parameter service: the address of the project
    init(_ request: InitiateRequest, subject: String, data: [UInt8], at date: Date, service: String) {
        token = Unguessable.text()
        id = request.transactionID
        type = request.type
        self.subject = subject
        self.data = data
        registeredAt = date
        serviceURL = "\(service)/trading-document-interface/\(request.transactionID)/\(token)"
        attempts = 1
        tags = request.tags
        systemTags = request.buyer.map { [$0.systemTag] } ?? []
        tradeValue = request.tradeValue
        isOtherStores = false
    }

    /// One that another store of the project made.
    init(otherStores id: String, at date: Date, service: String) {
        token = Unguessable.text()
        self.id = id
        type = .taxInvoiceStub
        subject = ""
        data = Array("{}".utf8)
        registeredAt = date
        serviceURL = "\(service)/trading-document-interface/\(id)/\(token)"
        attempts = 0
        (tags, systemTags) = ([], [])
        tradeValue = "1.0"
        isOtherStores = true
    }

    func shown(documents: Documents) -> JSONValue { shown(serviceURL: serviceURL, documents: documents) }

    /// As the answers of `trading-transaction/show` and `list-by-tag` have it.
    func shown(serviceURL: String?, documents: Documents) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id),
            "initiated_at": .string(UTCTime.timestamp(registeredAt)),
            "tags": .array(tags.map(JSONValue.string)),
            "system_tags": .array(systemTags.map(JSONValue.string)),
            "storage_used": .number(String(documents.storageUsed)),
        ]
        if let tradeValue { members["trade_value"] = .string(tradeValue) }
        if let serviceURL { members["service_url"] = .string(serviceURL) }
        if let listed = documents.listed { members["documents"] = .array(listed) }
        return .object(members)
    }
}
