import Foundation

/// What the simulator remembers: transactions for good, calls as long as there is room.
struct SlimeLedger {
    /// How many calls are kept.
    static let callsKept = 10_000

    private let maximumTransactions: Int
    private(set) var transactions: [SlimeSimulator.Transaction] = []
    private var places: [String: Int] = [:]
    private var ring: [SlimeSimulator.Call] = []
    private(set) var totals = SlimeSimulator.Totals()
    /// The first call that would initiate each id, whatever its outcome.
    private var firstSent: [String: Int] = [:]
    private(set) var sentWithOtherBytes: Set<String> = []

    init(maximumTransactions: Int) {
        self.maximumTransactions = maximumTransactions
    }

    var isFull: Bool { transactions.count >= maximumTransactions }

    /// The calls in memory, oldest first.
    var calls: [SlimeSimulator.Call] {
        let oldest = totals.calls % max(ring.count, 1)
        return Array(ring[oldest...] + ring[..<oldest])
    }

    func transaction(_ id: String) -> SlimeSimulator.Transaction? {
        places[id].map { transactions[$0] }
    }

    mutating func add(_ transaction: SlimeSimulator.Transaction) {
        places[transaction.id] = transactions.count
        transactions.append(transaction)
        guard !transaction.isOtherStores else { return }
        totals.registered += 1
        totals.registeredBySubject[transaction.subject, default: 0] += 1
    }

    /// Sets a transaction's own tags; false if there is none.
    mutating func setTags(_ tags: [String], of id: String) -> Bool {
        guard let place = places[id] else { return false }
        transactions[place].tags = tags
        return true
    }

    /// Adds a buyer of a transaction, by whom it is found as well.
    mutating func addSystemTag(_ tag: String, to id: String) {
        guard let place = places[id], !transactions[place].systemTags.contains(tag) else { return }
        transactions[place].systemTags.append(tag)
    }

    /// The transactions with a tag of theirs or of a buyer, oldest first.
    func transactions(taggedWith tag: String, atMost limit: Int) -> [SlimeSimulator.Transaction] {
        Array(transactions.lazy.filter { $0.tags.contains(tag) || $0.systemTags.contains(tag) }.prefix(limit))
    }

    /// Remembers whether an id always comes with the same subject and bytes.
    mutating func recordSent(_ id: String, _ subject: String, _ data: [UInt8]) {
        var hasher = Hasher()
        hasher.combine(subject)
        hasher.combine(data)
        let hash = hasher.finalize()
        if let first = firstSent[id] {
            if first != hash { sentWithOtherBytes.insert(id) }
        } else if firstSent.count < maximumTransactions {
            firstSent[id] = hash
        }
    }

    /// Counts another call that would initiate a transaction; false if there is none.
    mutating func countAttempt(_ id: String) -> Bool {
        guard let place = places[id] else { return false }
        transactions[place].attempts += 1
        return true
    }

    /// - Parameter call: nil for one that was rejected before its token was looked at
    mutating func record(
        _ call: IncomingCall?, transactionID: String?, outcome: SlimeSimulator.Call.Outcome, at date: Date
    ) {
        totals.calls += 1
        switch outcome {
        case .success: totals.successes += 1
        case .exception: totals.exceptions += 1
        case .status, .garbage, .lost, .truncated: totals.failures += 1
        }
        let record = SlimeSimulator.Call(
            number: totals.calls, subject: Self.short(call?.subject), transactionID: Self.short(transactionID),
            documentID: Self.short(call?.documentID), issuedAt: call?.issuedAt, outcome: outcome, at: date)
        if ring.count < Self.callsKept {
            ring.append(record)
        } else {
            ring[(totals.calls - 1) % Self.callsKept] = record
        }
    }

    /// A record must not grow with strangers' input.
    private static func short(_ text: String?) -> String? {
        text.map { String($0.prefix(100)) }
    }
}
