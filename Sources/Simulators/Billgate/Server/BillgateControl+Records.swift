import HTTPTypes

extension BillgateControl {
    /// `{"kind": "receipt", "count": 6000, "days": 30}`
    func documents(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get:
            let query = CallQuery(request.query)
            let kind: BillgateSimulator.Document.Kind? = try query.word("kind")
            let limit = try query.wholeNumber("limit", in: 1...1000) ?? 100
            var found: [BillgateSimulator.Document] = []
            for each in BillgateSimulator.Document.Kind.allCases where kind == nil || kind == each {
                found += await simulator.documents(each)
            }
            if let number = query.text("number") { found = found.filter { $0.number == number } }
            found.sort { $0.madeAt > $1.madeAt }
            var shown: [JSONValue] = []
            for document in found.prefix(limit) {
                shown.append(document.controlJSON(link: await simulator.publicBase + document.linkPath))
            }
            return request.reply(.object(["count": .count(found.count), "documents": .array(shown)]))
        case .post:
            let members = try request.members()
            let kind: BillgateSimulator.Document.Kind = try members.optionalWord("kind") ?? .receipt
            let count = try members.integer("count", in: 1...100_000)
            let days = try members.optionalInteger("days", in: 0...10_000) ?? 0
            await simulator.addForeignDocuments(count, kind: kind, overDays: days)
            return request.reply(.object(["made": .count(count)]), status: 201)
        default: throw request.refuseMethod()
        }
    }

    func calls(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let limit = try request.limit()
        let calls = await simulator.calls().suffix(limit).reversed()
        return request.reply(.object(["calls": .array(calls.map(\.json))]))
    }

    func counters(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let totals = await simulator.totals
        let made = Dictionary(
            uniqueKeysWithValues: BillgateSimulator.Document.Kind.allCases.map {
                ($0.rawValue, JSONValue.count(totals.made[$0] ?? 0))
            })
        return request.reply(
            .object([
                "calls": .object([
                    "all": .count(totals.calls), "successes": .count(totals.successes),
                    "refusals": .count(totals.refusals), "failures": .count(totals.failures),
                ]),
                "documents": .object(made), "customers": .count(totals.customersMade),
                "emails_sent": .count(totals.emailsSent),
                "numbers_made_twice": .array(await simulator.numbersMadeTwice().sorted().map(JSONValue.string)),
            ]))
    }
}

extension BillgateSimulator.Document {
    fileprivate func controlJSON(link: String) -> JSONValue {
        .object([
            "id": .string(id), "kind": .string(kind.rawValue), "number": .string(number), "name": .string(name),
            "total": .string(total), "status": .stringOrNull(status?.rawValue), "shareable_url": .string(link),
            "made_at": .string(UTCTime.timestamp(madeAt)), "customer_id": .stringOrNull(customerID),
            "foreign": .bool(isForeign), "request": .string(String(decoding: request, as: UTF8.self)),
        ])
    }
}

extension BillgateSimulator.Call {
    fileprivate var json: JSONValue {
        let (word, status): (String, Int?) =
            switch outcome {
            case .success(let status): ("success", status)
            case .refusal(let status): ("refusal", status)
            case .status(let status): ("status", status)
            case .garbage: ("garbage", nil)
            case .lost: ("lost", nil)
            case .truncated: ("truncated", nil)
            }
        return .object([
            "number": .count(number), "operation": .stringOrNull(operation?.rawValue), "method": .string(method),
            "target": .string(target), "body": .stringOrNull(body.map { String(decoding: $0, as: UTF8.self) }),
            "document_number": .stringOrNull(documentNumber), "outcome": .string(word),
            "status": status.map(JSONValue.count) ?? .null, "at": .string(UTCTime.timestamp(at)),
        ])
    }
}
