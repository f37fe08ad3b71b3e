import HTTPTypes

extension SlimeControl {
    /// `{"transaction_id": "…", "buyer_info": {…}}` for a customer's document, with the simulator's usual buyer if none
    /// is said; `{"other_stores": 3}` for documents of transactions that nobody here made.
    func documents(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get:
            if request.query.hasPrefix("id=") {
                let id = FormText.decoded(request.query.dropFirst(3).utf8)
                guard let document = await simulator.document(id) else { throw .notFound }
                return request.reply(document.controlJSON)
            }
            let newest = await simulator.documents().suffix(try request.limit()).reversed()
            return request.reply(.object(["documents": .array(newest.map(\.controlJSON))]))
        case .post:
            let member = try request.members()
            var made: [SlimeSimulator.Document] = []
            if let count = try member.optionalInteger("other_stores", in: 1...100_000) {
                made = await simulator.otherStoreMakesDocuments(count)
            } else {
                let id = try member.string("transaction_id")
                let buyer =
                    try member.has("buyer_info")
                    ? member.object("buyer_info") : SlimeSimulator.read(SlimeSimulator.usualBuyer)
                made = [try await simulator.makeDocument(of: id, buyerInfo: buyer)]
            }
            return request.reply(.object(["documents": .array(made.map(\.controlJSON))]), status: 201)
        default: throw request.refuseMethod()
        }
    }

    /// `{"document_id": "…"}`, or nothing for all.
    func ready(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .post else { throw request.refuseMethod() }
        let id = try request.members().optionalString("document_id")
        if let id, await simulator.document(id) == nil { throw .notFound }
        await simulator.finishDocuments(id)
        return request.reply(await simulator.counters.json)
    }

    /// `{"advance_seconds": 61}`.
    func clock(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .post else { throw request.refuseMethod() }
        let seconds = try request.members().integer("advance_seconds", in: 0...1_000_000_000)
        await simulator.advanceDocumentClock(by: .seconds(seconds))
        return request.reply(.object([:]))
    }

    func tokens(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .delete else { throw request.refuseMethod() }
        await simulator.expireContinuationTokens()
        return request.reply(.object([:]))
    }
}
