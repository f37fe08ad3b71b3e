import Foundation
import NIOHTTP1

/// A sale as the gateway reports it.
struct KeptSale: Sendable, Decodable {
    struct Registration: Sendable, Decodable {
        let state: String
        let attempts: Int
        let serviceURL: String?

        enum CodingKeys: String, CodingKey {
            case state, attempts
            case serviceURL = "service_url"
        }
    }

    struct Print: Sendable, Decodable {
        let kind: String
        let mark: String
        let state: String
    }

    struct Document: Sendable, Decodable {
        let id: String
        let archived: Bool
    }

    let id: String
    let registration: Registration
    let prints: [Print]
    let documents: [Document]

    enum CodingKeys: String, CodingKey {
        case id = "transaction_id"
        case registration, prints, documents
    }

    /// Whether nothing is owed any more, to Slime or to paper.
    var isSettled: Bool {
        registration.state != "pending" && registration.state != "held"
            && !prints.contains { $0.state == "queued" || $0.state == "printing" }
    }
}

extension GatewayAPI {
    private struct Page: Decodable {
        let sales: [KeptSale]
        let next: String?
    }

    /// All sales, by id.
    func sales() async throws -> [String: KeptSale] {
        var all: [String: KeptSale] = [:]
        var after = ""
        while true {
            let answer = try await request(.GET, "/v1/sales?limit=500\(after)", within: .seconds(60))
            guard answer.status == 200 else { throw TortureError("GET /v1/sales: \(answer.status)") }
            let page = try JSONDecoder().decode(Page.self, from: answer.body)
            for sale in page.sales { all[sale.id] = sale }
            guard let next = page.next else { return all }
            after = "&after=\(next)"
        }
    }

    /// Sales that are not registered yet, the newest.
    func pending(limit: Int) async throws -> [KeptSale] {
        let answer = try await request(.GET, "/v1/sales?registration=pending&limit=\(limit)")
        guard answer.status == 200 else { throw TortureError("GET /v1/sales: \(answer.status)") }
        return try JSONDecoder().decode(Page.self, from: answer.body).sales
    }

    /// Waits until as many documents are archived. Then, or at the deadline, returns the sales.
    func archived(_ count: Int, within limit: Duration) async throws -> [String: KeptSale] {
        let deadline = ContinuousClock.now + limit
        while true {
            let sales = try await sales()
            let archived = sales.values.reduce(0) { $0 + $1.documents.count(where: \.archived) }
            if archived >= count || ContinuousClock.now > deadline { return sales }
            try await Task.sleep(for: .milliseconds(sales.count > 2_000 ? 2_000 : 300))
        }
    }

    /// Waits until nothing is owed, as staff would: after a while it sends again by hand what still waits.
    ///
    /// - Returns: the sales, and how many were sent again; sales still owed at the deadline are included.
    func settled(within limit: Duration, waitLimit: Duration = .seconds(10)) async throws -> (
        sales: [String: KeptSale], retried: Int
    ) {
        let begun = ContinuousClock.now
        var retried: Set<String> = []
        while true {
            let sales = try await sales()
            let owed = sales.values.filter { !$0.isSettled }
            let waited = ContinuousClock.now - begun
            if owed.isEmpty || waited > limit { return (sales, retried.count) }
            if waited > waitLimit {
                for sale in owed where sale.registration.state == "pending" && !retried.contains(sale.id) {
                    _ = try await request(.POST, "/v1/sales/\(sale.id)/retry", "{}")
                    retried.insert(sale.id)
                }
            }
            try await Task.sleep(for: .milliseconds(sales.count > 2_000 ? 2_000 : 300))
        }
    }
}
