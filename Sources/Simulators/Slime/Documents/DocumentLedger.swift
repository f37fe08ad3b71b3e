import Foundation

/// All documents, and the order in which they became ready: that is the stream.
struct DocumentLedger {
    private(set) var documents: [SlimeSimulator.Document] = []
    private var places: [String: Int] = [:]
    private var ofTransaction: [String: [Int]] = [:]
    private var pending: [Int] = []
    /// The earliest `due` of those pending.
    private var nextDue: Date?
    /// The ready ones in order of `readied_at`. It only grows, so a place in it is a cursor.
    private var readied: [Int] = []

    var readyCount: Int { readied.count }

    func document(_ id: String) -> SlimeSimulator.Document? { places[id].map { documents[$0] } }

    /// The documents of a transaction in their sequence.
    func documents(of transactionID: String) -> [SlimeSimulator.Document] {
        (ofTransaction[transactionID] ?? []).map { documents[$0] }
    }

    /// Begins the next document of a transaction.
    mutating func begin(
        of transactionID: String, type: SlimeSimulator.DocumentType, buyerName: String?,
        by rules: SlimeSimulator.DocumentRules, now: Date
    ) -> SlimeSimulator.Document {
        let sequence = (ofTransaction[transactionID]?.count ?? 0) + 1
        let plain = SlimeSimulator.Document(
            id: "\(transactionID)D\(sequence)", transactionID: transactionID, sequence: sequence, type: type,
            buyerName: buyerName, pdfSize: rules.pdfSize, xmlSize: rules.xmlSize,
            due: rules.delay.map { now.addingTimeInterval($0 / .seconds(1)) })
        let document = plain.withTrueSizes
        places[document.id] = documents.count
        ofTransaction[transactionID, default: []].append(documents.count)
        pending.append(documents.count)
        documents.append(document)
        if let due = document.due { nextDue = min(nextDue ?? due, due) }
        return document
    }

    /// Ends the generation of what is due.
    mutating func advance(to now: Date) {
        guard let nextDue, nextDue <= now else { return }
        let due = pending.compactMap { place in documents[place].due.map { (place, $0) } }.filter { $0.1 <= now }
        for (place, date) in due.sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }) { ready(place, at: date) }
        sweepPending()
    }

    /// Ends the generation of one document, or of all.
    mutating func finish(_ id: String? = nil, at now: Date) {
        for place in pending where id == nil || documents[place].id == id { ready(place, at: now) }
        sweepPending()
    }

    /// The stream's next documents.
    ///
    /// - Parameters:
    ///   - cursor: how many of the stream were passed already
    ///   - from: those that were ready before are passed over
    /// - Returns: the documents, and how many of the stream were passed then
    func stream(after cursor: Int, from: Date, limit: Int) -> (documents: [SlimeSimulator.Document], cursor: Int) {
        var found: [SlimeSimulator.Document] = []
        var place = min(cursor, readied.count)
        while place < readied.count, found.count < limit {
            let document = documents[readied[place]]
            if let date = document.readiedAt, date >= from { found.append(document) }
            place += 1
        }
        return (found, place)
    }

    mutating func count(
        _ id: String, _ kind: SlimeSimulator.FileKind, _ field: WritableKeyPath<SlimeSimulator.Fetches, Int>
    ) {
        guard let place = places[id] else { return }
        documents[place][kind][keyPath: field] += 1
    }

    private mutating func ready(_ place: Int, at date: Date) {
        // Never earlier than the one before: the stream is in order.
        let last = readied.last.flatMap { documents[$0].readiedAt } ?? date
        documents[place].readiedAt = max(date, last)
        readied.append(place)
    }

    private mutating func sweepPending() {
        pending.removeAll { documents[$0].isReady }
        nextDue = pending.compactMap { documents[$0].due }.min()
    }
}

extension SlimeSimulator.Document {
    /// With the sizes that its files have: those that were asked for, or what they need.
    fileprivate var withTrueSizes: SlimeSimulator.Document {
        let leastPDF = SamplePDF(document: id, of: transactionID).bytes().count
        let leastXML = DocumentXML(self).bytes().count
        return SlimeSimulator.Document(
            id: id, transactionID: transactionID, sequence: sequence, type: type, buyerName: buyerName,
            pdfSize: max(pdfSize, leastPDF), xmlSize: max(xmlSize, leastXML), due: due)
    }
}
