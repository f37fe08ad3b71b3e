import Foundation

/// What customers and other stores do, and what only the owner of a simulator can.
extension SlimeSimulator {
    /// The buyer whom a customer of the simulator names if nobody says another: the page's own example.
    static let usualBuyer = """
        {"name":"Alabibi","identity":{"type":"NIDN","national_id_number":"1111111111119"},"address":{"country_id":"TH",\
        "post_code":"20180","changwat_id":"20","amphoe_id":"2009","tambon_id":"200905","street_name":"ถนนข่าวสาร",\
        "soi":"ตรอกไดแอกอน","building_number":"123/456"}}
        """

    /// All documents, oldest first.
    public func documents() -> [Document] {
        documentLedger.advance(to: documentClock.now)
        return documentLedger.documents
    }

    public func document(_ id: String) -> Document? {
        documentLedger.advance(to: documentClock.now)
        return documentLedger.document(id)
    }

    /// A customer asks for a full tax invoice on the service page of a transaction: its next document.
    ///
    /// - Parameter buyerInfo: JSON as in `document.buyer_info`; the rules for it are those of "Initiate with Tax Invoice"
    /// - Throws: `SimulatorError` if there is no such transaction, or the buyer breaks a rule
    @discardableResult
    public func customerMakesDocument(
        of transactionID: String, buyerInfo: String? = nil
    ) throws(SimulatorError) -> Document {
        do throws(Refusal) {
            return try makeDocument(of: transactionID, buyerInfo: try Self.read(buyerInfo ?? Self.usualBuyer))
        } catch {
            throw SimulatorError(.refused, "\(error.code) \(error.message ?? error.path ?? "")")
        }
    }

    /// Other stores of the project have documents made: of transactions that this store knows nothing of.
    @discardableResult
    public func otherStoreMakesDocuments(_ count: Int = 1) -> [Document] {
        (0..<max(0, count)).compactMap { _ in
            guard !ledger.isFull else { return nil }
            let id = "OTHER-\(Unguessable.text().prefix(16))"
            ledger.add(
                Transaction(
                    otherStores: id, at: now(), service: "\(serviceBase)/projects/\(configuration.projectID)"))
            return begin(of: id, type: .taxInvoice, buyer: Buyer(name: "Another store's", systemTag: "TXID:OTHER"))
        }
    }

    /// Ends the generation of one document, or of all.
    public func finishDocuments(_ id: String? = nil) {
        let now = documentClock.now
        documentLedger.advance(to: now)
        documentLedger.finish(id, at: now)
    }

    /// Turns on the clock by which documents become ready and locations expire. Tokens keep the machine's clock.
    public func advanceDocumentClock(by duration: Duration) {
        documentClock.advance(by: duration)
    }

    /// Makes every continuation token of until now stale: `InvalidContinuationToken`.
    public func expireContinuationTokens() {
        tokenGeneration += 1
    }

    /// Throws `SimulatorError` if the rules are no rules; then they stay as they were.
    public func setDocumentRules(_ rules: DocumentRules) throws(SimulatorError) {
        try rules.check()
        documentLedger.advance(to: documentClock.now)
        documentRules = rules
    }

    public var currentDocumentRules: DocumentRules { documentRules }

    /// Waits until this many files were served whole since the start. Throws `SimulatorError` at the time limit.
    public func waitForFiles(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await filesServed.wait(for: count, within: limit)
    }

    func documents(of transactionID: String) -> [Document] {
        documentLedger.advance(to: documentClock.now)
        return documentLedger.documents(of: transactionID)
    }

    /// Where the service page sends a customer for a document; nil if there is none, or none yet.
    func pageLocation(of documentID: String, in transactionID: String) -> String? {
        guard let document = documentLedger.document(documentID), document.transactionID == transactionID,
            document.isReady
        else { return nil }
        return fileLocation(document, .pdf, subject: .downloadPDF)
    }

    func makeDocument(of transactionID: String, buyerInfo: JSONValue) throws(Refusal) -> Document {
        guard ledger.transaction(transactionID) != nil else { throw .notFound }
        let rules = BuyerRules(leeway: configuration.buyers)
        guard case .object = buyerInfo else { throw .schema("buyer_info", "expected an object") }
        let form = try rules.read(Member(buyerInfo, "document.buyer_info"), allowsUnstructured: true)
        try rules.judge(form)
        return begin(of: transactionID, type: .taxInvoice, buyer: form.buyer)
    }

    static func read(_ json: String) throws(Refusal) -> JSONValue {
        do throws(JSONReader.Fault) {
            return try JSONReader.read(Array(json.utf8))
        } catch {
            throw .schema("buyer_info", error.message)
        }
    }
}
