import Foundation
import NIOHTTP1

/// A slip as the gateway reports it.
struct KeptSlip: Sendable, Decodable {
    struct Reading: Sendable, Decodable {
        let fromAccount: String?

        enum CodingKeys: String, CodingKey { case fromAccount = "from_account" }
    }

    let id: String
    let sale: String?
    let state: String
    let read: Reading?
    let mayBeCharged: Bool
    let credits: Int?

    enum CodingKeys: String, CodingKey {
        case id, sale, state, read, credits
        case mayBeCharged = "may_be_charged"
    }

    var isOwed: Bool { ["waiting", "reading", "held"].contains(state) }
}

extension GatewayAPI {
    private struct Page: Decodable {
        let slips: [KeptSlip]
        let next: String?
    }

    func slips() async throws -> [KeptSlip] {
        var all: [KeptSlip] = []
        var after = ""
        while true {
            let answer = try await request(.GET, "/v1/slips?limit=500\(after)", within: .seconds(60))
            guard answer.status == 200 else { throw TortureError("GET /v1/slips: \(answer.status)") }
            let page = try JSONDecoder().decode(Page.self, from: answer.body)
            all += page.slips
            guard let next = page.next else { return all }
            after = "&after=\(next)"
        }
    }

    /// Waits until none is owed, or until the deadline. As staff would, it has those read again that failed, once each.
    ///
    /// - Returns: the slips, and the ids of those that were sent again.
    func settledSlips(within limit: Duration) async throws -> (slips: [KeptSlip], retried: Set<String>) {
        let deadline = ContinuousClock.now + limit
        var retried: Set<String> = []
        while true {
            let slips = try await slips()
            for slip in slips where slip.state == "failed" && !retried.contains(slip.id) {
                _ = try await request(.POST, "/v1/slips/\(slip.id)/retry", "{}")
                retried.insert(slip.id)
            }
            let isOver = ContinuousClock.now > deadline
            if isOver || !slips.contains(where: { $0.isOwed || $0.state == "failed" && !retried.contains($0.id) }) {
                return (try await self.slips(), retried)
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
