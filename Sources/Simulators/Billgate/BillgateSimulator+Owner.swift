import Foundation

/// What its owner sees and does beside the API.
extension BillgateSimulator {
    /// Those that nobody deleted, oldest first.
    public func documents(_ kind: Document.Kind) -> [Document] { documents[kind]?.live ?? [] }

    public func document(_ kind: Document.Kind, _ id: String) -> Document? { documents[kind]?[id] }

    /// Those with a number that nobody deleted, of every kind.
    public func documents(numbered number: String) -> [Document] {
        Document.Kind.allCases.flatMap { kind in documents(kind).filter { $0.number == number } }
    }

    /// How many documents that calls made have each number, without those that were deleted.
    public func documentsByNumber(_ kind: Document.Kind) -> [String: Int] {
        documents(kind).reduce(into: [:]) { counts, document in
            if !document.isForeign { counts[document.number, default: 0] += 1 }
        }
    }

    /// How many documents calls have ever made with each number, with those that were deleted.
    public func madeByNumber(_ kind: Document.Kind) -> [String: Int] {
        (documents[kind]?.items ?? []).reduce(into: [:]) { counts, document in
            if !document.isForeign { counts[document.number, default: 0] += 1 }
        }
    }

    /// The numbers that more than one document of a kind has: of a sale, one too many.
    public func numbersMadeTwice() -> Set<String> {
        Set(Document.Kind.allCases.flatMap { kind in documentsByNumber(kind).filter { $0.value > 1 }.keys })
    }

    /// How many customers there are with each code.
    public func customersByCode() -> [String: Int] {
        customers.live.reduce(into: [:]) { counts, customer in
            if let code = customer.code { counts[code, default: 0] += 1 }
        }
    }

    /// Makes documents of the same account that no call of ours made, so that lists are long.
    ///
    /// - Parameter days: over how many days until today they are issued, in order
    public func addForeignDocuments(_ count: Int, kind: Document.Kind = .receipt, overDays days: Int = 0) {
        let now = clock.now
        let made = documents[kind]?.items.count ?? 0
        for index in 0..<max(0, count) {
            let age = days - days * index / max(1, count - 1)
            let line = DocumentLine(
                description: "สินค้าของผู้อื่น", quantity: 1, unitPrice: 100, vatRate: 7, discount: 0, takenOff: 0)
            let content = DocumentContent(
                customer: Person(name: "ลูกค้าของผู้อื่น"),
                issueDate: CivilDay(now.addingTimeInterval(Double(-age) * 86_400)).text,
                dueDate: kind == .invoice ? CivilDay(now).text : nil, lines: [line],
                sums: DocumentSums([line], vatIncluded: true, withholdingRate: 0))
            var document = Document(
                kind, number: "OTHER-\(made + index + 1)", content: content,
                from: Document.Origin(request: [], madeAt: now, isForeign: true))
            if kind == .invoice { document.status = .pendingPayment }
            keep(document)
        }
    }

    /// An invoice's customer says that it is paid, or its status becomes what its owner says. Throws `SimulatorError` if
    /// there is no such invoice.
    public func setStatus(_ status: Document.Status, ofInvoice id: String) throws(SimulatorError) {
        guard let invoice = documents[.invoice]?[id] else {
            throw SimulatorError(.refused, "there is no invoice \(id)")
        }
        let transition = Transition(from: invoice.status, to: status, by: .customer, at: clock.now)
        documents[.invoice]?.change(id) { invoice in
            invoice.status = status
            invoice.transitions.append(transition)
        }
    }

    // MARK: - Behind links

    /// What a link leads to; nil once it is deleted.
    ///
    /// - Parameter token: the digits at the end of it
    func linked(_ token: some StringProtocol) -> Document? {
        guard let link = links[String(token.prefix(32))], let document = documents[link.kind]?[link.id],
            document.token == token
        else { return nil }
        return document
    }

    /// The PDF of a document, once it is made.
    ///
    /// - Parameter name: what the URL of the PDF ends with, without `.pdf`
    func pdf(_ kind: String, _ name: some StringProtocol) -> [UInt8]? {
        guard let link = links[String(name)], link.kind.rawValue == kind,
            let document = documents[link.kind]?[link.id], isPDFReady(document, now: clock.now)
        else { return nil }
        return SamplePDF(lines: ["Billgate \(kind)", "Document \(document.id)"]).bytes()
    }
}
