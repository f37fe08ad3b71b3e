import HTTPTypes

/// The pages behind service URLs: a customer sees the documents of the transaction, and asks for the full tax invoice.
struct ServicePageRoutes {
    let simulator: SlimeSimulator

    /// - Parameters:
    ///   - target: what follows `trading-document-interface/`: a transaction's id, in which a `/` stays as it is, its
    ///     token, and perhaps a query
    ///   - body: nil if it was too long
    func answer(_ method: HTTPRequest.Method, _ target: String, body: [UInt8]?) async -> Reply {
        let date = UTCTime.header(await simulator.now())
        let parts = target.split(separator: "?", maxSplits: 1)
        let path = parts.first ?? ""
        let token = path.suffix(while: { $0 != "/" })
        let id = String(path.dropLast(token.count + 1))
        guard let transaction = await simulator.transaction(id), transaction.token == token else {
            return .text(404, "There is nothing here.", date: date)
        }
        switch method {
        case .get, .head:
            if parts.count > 1, parts[1].hasPrefix("document=") {
                let name = FormText.decoded(parts[1].dropFirst("document=".count).utf8)
                return await file(name, of: transaction, date)
            }
            return await page(id, date)
        case .post:
            guard let body else { return .text(413, "The form is too long.", date: date) }
            return await makeDocument(BuyerPageForm(body), of: transaction, date)
        default:
            return .text(405, "This page does not take \(method.rawValue).", date: date)
        }
    }

    private func page(_ id: String, refusal: Refusal? = nil, _ date: String) async -> Reply {
        let documents = await simulator.documents(of: id)
        let words = refusal.map { "\($0.code) \($0.message ?? $0.path ?? "")" }
        return .html(
            refusal == nil ? 200 : 422, ServicePage.html(transactionID: id, documents: documents, refusal: words),
            date: date)
    }

    private func makeDocument(
        _ form: BuyerPageForm, of transaction: SlimeSimulator.Transaction, _ date: String
    ) async -> Reply {
        do throws(Refusal) {
            _ = try await simulator.makeDocument(of: transaction.id, buyerInfo: form.buyerInfo)
        } catch {
            return await page(transaction.id, refusal: error, date)
        }
        var reply = Reply.text(303, "The document is being made.", date: date)
        reply.location = transaction.serviceURL
        return reply
    }

    private func file(_ documentID: String, of transaction: SlimeSimulator.Transaction, _ date: String) async -> Reply {
        guard let location = await simulator.pageLocation(of: documentID, in: transaction.id) else {
            return .text(404, "There is nothing here.", date: date)
        }
        var reply = Reply.text(303, "The file is elsewhere.", date: date)
        reply.location = location
        return reply
    }
}

extension StringProtocol {
    /// The last characters that fulfil a condition.
    fileprivate func suffix(while fits: (Character) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
