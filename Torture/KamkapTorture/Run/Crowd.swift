import Foundation
import Synchronization

/// The tills: each posts its numbered sales one after the other, and repeats each until it is acknowledged.
final class Crowd: Sendable {
    private struct State {
        var acknowledged: [NumberedSale] = []
        var violations: [String] = []
        var next = 1
    }

    /// Papers that may be owed for each till.
    private static let queue = 20

    private let state = Mutex(State())
    private let api: GatewayAPI
    private let tills: Int

    init(api: GatewayAPI, tills: Int) {
        self.api = api
        self.tills = tills
    }

    var acknowledged: [NumberedSale] { state.withLock(\.acknowledged) }
    var acknowledgedCount: Int { state.withLock(\.acknowledged.count) }
    var violations: [String] { state.withLock(\.violations) }

    /// Posts this many sales from all tills at once.
    ///
    /// - Parameter papers: how many papers are out; the tills do not run ahead of their printers.
    func post(
        _ count: Int, prints: Bool = true, within limit: Duration = .seconds(120),
        papers: (@Sendable () async -> Int)? = nil
    ) async {
        let ration = Ration(count)
        await withTaskGroup(of: Void.self) { group in
            for till in 0..<tills {
                group.addTask {
                    while !Task.isCancelled, ration.takeOne() {
                        while let papers, !Task.isCancelled,
                            await self.acknowledgedCount - papers() > Self.queue * self.tills
                        {
                            try? await Task.sleep(for: .milliseconds(20))
                        }
                        await self.postOne(till: till, prints: prints, within: limit)
                    }
                }
            }
        }
    }

    /// Posts the next sale; a sale that is not acknowledged in time is a violation.
    func postOne(till: Int, prints: Bool = true, within limit: Duration = .seconds(120)) async {
        let sale = next(till: till, prints: prints)
        do {
            try await api.post(sale, within: limit)
            state.withLock { $0.acknowledged.append(sale) }
        } catch {
            state.withLock { $0.violations.append("\(error)") }
        }
    }

    func next(till: Int, prints: Bool = true) -> NumberedSale {
        state.withLock { state in
            defer { state.next += 1 }
            return NumberedSale(state.next, till: till, prints: prints)
        }
    }

    func untilUp() async throws { try await api.untilUp() }

    func addAcknowledged(_ sale: NumberedSale) { state.withLock { $0.acknowledged.append(sale) } }
}

/// A number of sales, shared by all tills.
private final class Ration: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func takeOne() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}
