/// The oracle's findings.
struct Verdict: Sendable {
    var sales: Int
    var registered = 0
    /// Sales in a buyer's name.
    var buyers = 0
    /// Calls for what the provider had already: an answer was lost, or not written down.
    var repeats = 0
    var pieces = 0
    var unmarked = 0
    var marked = 0
    /// Receipts that ended before their number.
    var brokenOff = 0
    /// Slips, by their link.
    var slips: [String: Int] = [:]
    /// Sales of which the gateway says that a paper may or may not have come out.
    var told = 0
    /// Sales without a QR on any paper; the gateway has it.
    var withoutQR = 0
    var documents = 0
    private(set) var violations: [String] = []

    init(sales: Int) { self.sales = sales }

    mutating func find(_ words: String) { violations.append(words) }

    mutating func find(_ holds: Bool, _ words: @autoclosure () -> String) {
        if !holds { violations.append(words()) }
    }

    var rows: [(String, Int)] {
        [
            ("sales acknowledged", sales), ("registered", registered), ("of them for a buyer", buyers),
            ("sent again", repeats),
            ("pieces of paper", pieces), ("unmarked originals", unmarked), ("reprints", marked),
            ("broken off unreadably", brokenOff), ("QR slips", slips.values.reduce(0, +)),
            ("QR not on paper", withoutQR), ("told to be uncertain", told),
            ("documents in the archive", documents),
        ]
    }
}
