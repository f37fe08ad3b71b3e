import Foundation

extension SlimeSimulator {
    /// Begins the next document of a transaction.
    func begin(of transactionID: String, type: DocumentType, buyer: Buyer?) -> Document {
        if let buyer { ledger.addSystemTag(buyer.systemTag, to: transactionID) }
        let now = documentClock.now
        documentLedger.advance(to: now)
        let document = documentLedger.begin(
            of: transactionID, type: type, buyerName: buyer?.name, by: documentRules, now: now)
        // With a delay of zero it is ready at once.
        documentLedger.advance(to: now)
        return documentLedger.document(document.id) ?? document
    }

    func documents(ofKnown transactionID: String) throws(Refusal) -> [Document] {
        if documentRules.unknownTransaction == .notFound, ledger.transaction(transactionID) == nil { throw .notFound }
        return documentLedger.documents(of: transactionID)
    }

    /// The location of a transaction's latest PDF, or of a page that waits for it; nil where a fault leaves it out.
    func latestPDF(of id: String, deferrable: Bool, _ fault: Fault.Kind?) throws(Refusal) -> String? {
        guard ledger.transaction(id) != nil else { throw .notFound }
        guard let latest = documentLedger.documents(of: id).last else {
            throw Refusal(code: documentRules.missingDocument.rawValue, message: "the transaction has no document")
        }
        if case .location(let other) = fault { return other }
        if latest.isReady { return fileLocation(latest, .pdf, subject: .latestPDF) }
        guard deferrable else { throw Refusal(code: "DocumentPending") }
        return waitingLocation(of: id)
    }

    func download(_ id: String, _ file: FileKind, _ fault: Fault.Kind?) throws(Refusal) -> String? {
        guard let document = documentLedger.document(id) else { throw .notFound }
        guard document.isReady else { throw Refusal(code: "NotReady") }
        if case .location(let other) = fault { return other }
        return fileLocation(document, file, subject: file == .pdf ? .downloadPDF : .downloadXML)
    }

    /// The next page of the stream. Its end is a page without documents, with a token all the same.
    func streamed(_ request: StreamRequest) throws(Refusal) -> JSONValue {
        let place: StreamToken
        switch request.start {
        case .from(let date):
            place = StreamToken(generation: tokenGeneration, cursor: 0, from: date)
        case .token(let text):
            guard let token = StreamToken(text, key: tokenKey), token.generation == tokenGeneration else {
                throw Refusal(code: "InvalidContinuationToken")
            }
            place = token
        }
        let page = documentLedger.stream(after: place.cursor, from: place.from, limit: request.limit)
        let next = StreamToken(generation: tokenGeneration, cursor: page.cursor, from: place.from)
        return .object([
            "documents": .array(page.documents.map { $0.shown(documentRules) }),
            "continuation_token": .string(next.text(key: tokenKey)),
        ])
    }
}
