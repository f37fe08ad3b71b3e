import NIOHTTP1

/// Staff who send sales again that are under way, and press twice.
struct ImpatientStaff {
    let api: GatewayAPI
    var dice: Dice

    /// Until cancelled.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(300...1_500))
            guard let owed = try? await api.pending(limit: 50), let sale = dice.pick(owed) else { continue }
            for _ in 0..<dice.number(1...3) {
                _ = try? await api.request(.POST, "/v1/sales/\(sale.id)/retry", "{}")
            }
        }
    }
}
