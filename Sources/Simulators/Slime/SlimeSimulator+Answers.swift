import Foundation

extension SlimeSimulator {
    /// Acts on a call that keeps the rules of its subject.
    func answer(
        _ request: SlimeRequest, to call: IncomingCall, fault: Fault.Kind?, now: Date
    ) throws(Refusal) -> CallAnswer {
        switch request {
        case .hello(let name):
            return .data(.object(["hello": .string(name)]))
        case .initiate(let request):
            return .data(try register(request, call, now))
        case .showTransaction(let id, let choice):
            return .data(try shown(id, choice, fault))
        case .setTags(let id, let tags):
            guard ledger.setTags(tags, of: id) else { throw .notFound }
            return .data(.success)
        case .listByTag(let tag, let choice):
            let transactions = ledger.transactions(taggedWith: tag, atMost: 1000)
            return .data(
                .object(["transactions": .array(transactions.map { $0.shown(documents: listed($0.id, choice)) })]))
        case .latestPDF(let id, let deferrable):
            return .data(.location(try latestPDF(of: id, deferrable: deferrable, fault)))
        case .showDocument(let id):
            guard let document = documentLedger.document(id) else { throw .notFound }
            return .data(document.shown(documentRules))
        case .listByTransaction(let id):
            return .data(.object(["documents": .array(try documents(ofKnown: id).map { $0.shown(documentRules) })]))
        case .download(let id, let file, let redirect):
            let location = try download(id, file, fault)
            // An answer without a location, by a fault, can redirect nowhere.
            if redirect, let location { return .redirect(to: location) }
            return .data(.location(location))
        case .streamGenerated(let request):
            return .data(try streamed(request))
        }
    }

    private func register(_ request: InitiateRequest, _ call: IncomingCall, _ now: Date) throws(Refusal) -> JSONValue {
        guard !ledger.countAttempt(request.transactionID) else { throw .idTaken }
        guard !ledger.isFull else {
            throw Refusal(code: "Simulator::Full", message: "the simulator keeps no more transactions")
        }
        ledger.add(
            Transaction(
                request, subject: call.subject ?? "", data: call.dataText, at: now,
                service: "\(serviceBase)/projects/\(configuration.projectID)"))
        if request.type != .taxInvoiceStub {
            _ = begin(of: request.transactionID, type: request.type, buyer: request.buyer)
        }
        return .success
    }

    private func shown(_ id: String, _ choice: DocumentChoice?, _ fault: Fault.Kind?) throws(Refusal) -> JSONValue {
        guard var transaction = ledger.transaction(id) else { throw .notFound }
        if case .tradeValue(let other) = fault { transaction.tradeValue = other }
        guard case .serviceURL(let other) = fault else { return transaction.shown(documents: listed(id, choice)) }
        return transaction.shown(serviceURL: other, documents: listed(id, choice))
    }

    /// nil for a call that does not ask for documents, and the sum of what is stored.
    private func listed(_ id: String, _ choice: DocumentChoice?) -> Transaction.Documents {
        let all = documentLedger.documents(of: id)
        let chosen: [Document]? =
            switch choice {
            case nil: nil
            case .all: all
            case .readied: all.filter(\.isReady)
            // "The latest generated document": one that is still being generated is none.
            case .latest: all.last(where: \.isReady).map { [$0] } ?? []
            }
        return Transaction.Documents(
            listed: chosen?.map { $0.listed(documentRules) }, storageUsed: all.reduce(0) { $0 + $1.storageUsed })
    }
}

extension JSONValue {
    static let success = JSONValue.object(["success": .bool(true)])

    /// `{"location": …}`; without it where a fault leaves it out.
    static func location(_ url: String?) -> JSONValue {
        .object(url.map { ["location": .string($0)] } ?? [:])
    }
}
