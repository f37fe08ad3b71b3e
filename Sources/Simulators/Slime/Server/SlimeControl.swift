import HTTPTypes

/// The simulator's own paths, for those who develop against it: `PUT`, `GET` and `DELETE /simulator/faults`,
/// `GET /simulator/transactions?limit=100` (newest first).
struct SlimeControl {
    let simulator: SlimeSimulator
    /// Whether the configuration allows it.
    let isOpen: Bool

    /// - Parameters:
    ///   - target: the path with its query
    ///   - body: nil when it was too long
    func answer(_ method: HTTPRequest.Method, _ target: String, body: [UInt8]?) async -> Reply {
        let date = UTCTime.header(await simulator.now())
        guard isOpen else { return .text(403, "The simulator's control is not switched on.", date: date) }
        guard let body else { return .text(413, "The request is too long.", date: date) }
        let parts = target.split(separator: "?", maxSplits: 1)
        switch (method, parts[0]) {
        case (.get, "/simulator/faults"):
            return await showFaults(date)
        case (.delete, "/simulator/faults"):
            await simulator.clearFaults()
            return await showFaults(date)
        case (.put, "/simulator/faults"):
            return await setFaults(body, date)
        case (.get, "/simulator/transactions"):
            let limit = parts.count > 1 && parts[1].hasPrefix("limit=") ? Int(parts[1].dropFirst(6)) : 100
            guard let limit, (1...1000).contains(limit) else {
                return .text(400, "limit: expected 1 to 1000.", date: date)
            }
            return await showTransactions(limit, date)
        case (_, "/simulator/faults"), (_, "/simulator/transactions"):
            return .text(405, "This path does not take \(method.rawValue).", date: date)
        default:
            return .text(404, "There is nothing here.", date: date)
        }
    }

    private func setFaults(_ body: [UInt8], _ date: String) async -> Reply {
        do {
            guard case .array(let list) = try JSONReader.read(body) else {
                return .text(400, "Expected a JSON array of faults.", date: date)
            }
            var faults: [SlimeSimulator.Fault] = []
            for (index, value) in list.enumerated() {
                do throws(Refusal) {
                    faults.append(try SlimeSimulator.Fault(json: value))
                } catch {
                    return .text(400, "Fault \(index): \(error.message ?? error.code).", date: date)
                }
            }
            await simulator.clearFaults()
            for fault in faults { await simulator.inject(fault) }
            return await showFaults(date)
        } catch {
            return .text(400, "The body: \(error.message).", date: date)
        }
    }

    private func showFaults(_ date: String) async -> Reply {
        .json(200, .array(await simulator.activeFaults.map(\.json)), date: date)
    }

    private func showTransactions(_ limit: Int, _ date: String) async -> Reply {
        let transactions = await simulator.transactions().suffix(limit).reversed().map { transaction in
            JSONValue.object([
                "id": .string(transaction.id),
                "data": (try? JSONReader.read(transaction.data)) ?? .null,
                "registered_at": .string(UTCTime.timestamp(transaction.registeredAt)),
                "attempts": .number(String(transaction.attempts)),
            ])
        }
        return .json(200, .object(["transactions": .array(transactions)]), date: date)
    }
}
