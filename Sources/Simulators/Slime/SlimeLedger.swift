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
    /// The first stub of each id, whatever its outcome.
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
        totals.registered += 1
    }

    /// Remembers whether an id always comes with the same bytes.
    mutating func recordSent(_ id: String, _ data: [UInt8]) {
        let hash = data.hashValue
        if let first = firstSent[id] {
            if first != hash { sentWithOtherBytes.insert(id) }
        } else if firstSent.count < maximumTransactions {
            firstSent[id] = hash
        }
    }

    /// Counts another stub call for a transaction; false if there is none.
    mutating func countAttempt(_ id: String) -> Bool {
        guard let place = places[id] else { return false }
        transactions[place].attempts += 1
        return true
    }

    mutating func record(
        subject: String?, transactionID: String?, issuedAt: Int?, outcome: SlimeSimulator.Call.Outcome, at: Date
    ) {
        totals.calls += 1
        switch outcome {
        case .success: totals.successes += 1
        case .exception: totals.exceptions += 1
        case .status, .garbage, .lost, .truncated: totals.failures += 1
        }
        let call = SlimeSimulator.Call(
            number: totals.calls, subject: Self.short(subject), transactionID: Self.short(transactionID),
            issuedAt: issuedAt, outcome: outcome, at: at)
        if ring.count < Self.callsKept {
            ring.append(call)
        } else {
            ring[(totals.calls - 1) % Self.callsKept] = call
        }
    }

    /// A record must not grow with strangers' input.
    private static func short(_ text: String?) -> String? {
        text.map { String($0.prefix(100)) }
    }
}
