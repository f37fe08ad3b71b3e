import Billgate
import Outbox
import RemoteServices
import Sales
import Simulators
import TestRuntime

@testable import Gateway

/// A shop whose sales are registered at a simulated Billgate.
struct BillgateShop: Sendable {
    let shop: Shop
    let billgate: BillgateSimulator

    static let company = """
        {"name":"บริษัท ผู้ซื้อ จำกัด","tax_id":"0105561000003","branch_id":"00001",\
        "address":{"house_number":"9","sub_district":"คลองเตย","district":"คลองเตย",\
        "province":"กรุงเทพมหานคร","post_code":"10110"}}
        """

    static func open(
        _ staff: Shop.Staff = .jobWorker, hasDrawer: Bool = false, _ body: @escaping (BillgateShop) async throws -> Void
    ) async throws {
        let configuration = BillgateSimulator.Configuration()
        let billgate = BillgateSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await billgate.run() }
            defer { group.cancelAll() }
            let client = BillgateClient(
                endpoint: BillgateEndpoint(url: try await billgate.endpoint(), key: configuration.key),
                options: BillgateCallOptions(timeout: .seconds(5), connections: 4))
            let walkIn = WalkIn(
                address: .init(
                    houseNumber: "99", subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร",
                    postCode: "10110"))
            let service = BillgateService(client: client, terms: BillgateTerms(walkIn: walkIn, lookUpPages: 10))
            let result: Result<Void, any Error>
            do {
                try await Shop.open(
                    staff, hasDrawer: hasDrawer, inUse: .billgate, providers: { _ in ProviderSet(service) }
                ) { shop in
                    try await body(BillgateShop(shop: shop, billgate: billgate))
                }
                result = .success(())
            } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await client.shutdown()
            try result.get()
        }
    }

    /// The sale once nothing more happens by itself, however long that takes by the shop's clock.
    func settled(_ id: TransactionID) async throws -> SaleView {
        try await shop.time.turning { try await shop.sale(id) { $0.record.registration.state != .pending } }
    }

    /// The sale's later tax invoice once nothing more happens by itself.
    func invoice(of id: TransactionID) async throws -> InvoiceView {
        let ticks = shop.outbox.changes.ticks(of: .sale(id))
        return try await shop.time.turning {
            var invoice = try await shop.sales.invoice(of: id)
            if invoice.state != .pending { return invoice }
            for await _ in ticks {
                invoice = try await shop.sales.invoice(of: id)
                if invoice.state != .pending { break }
            }
            return invoice
        }
    }
}
