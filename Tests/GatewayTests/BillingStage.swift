import Billgate
import Foundation
import JSON
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import Simulators
import TestRuntime

@testable import Gateway

/// What staff do about bills: a real outbox, a simulated Billgate over HTTP, and a clock that the test advances.
struct BillingStage: Sendable {
    let outbox: Outbox
    let billgate: BillgateSimulator
    let service: BillgateService
    let billing: BillingOperations
    let watch: BillWatch
    let time: ManualClock
    let folder: URL

    static func open<Value: Sendable>(
        leeway: BillgateSimulator.Leeway = .init(), _ body: (BillingStage) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-bill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let time = ManualClock()
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        var account = BillgateSimulator.Configuration()
        account.leeway = leeway
        let billgate = BillgateSimulator(configuration: account)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await billgate.run() }
            defer { group.cancelAll() }
            let client = BillgateClient(
                endpoint: BillgateEndpoint(url: try await billgate.endpoint(), key: account.key),
                options: BillgateCallOptions(timeout: .seconds(5), connections: 4))
            let walkIn = WalkIn(
                address: .init(
                    houseNumber: "99", subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร",
                    postCode: "10110"))
            let service = BillgateService(client: client, terms: BillgateTerms(walkIn: walkIn))
            let logger = Logger(label: "billing") { _ in SwiftLogNoOpLogHandler() }
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(
                    try await body(
                        BillingStage(
                            outbox: outbox, billgate: billgate, service: service,
                            billing: BillingOperations(outbox: outbox, provider: service, clock: time.clock),
                            watch: BillWatch(
                                outbox: outbox, provider: service,
                                context: LoopContext(clock: time.clock, logger: logger)),
                            time: time, folder: folder)))
            } catch { outcome = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await client.shutdown()
            try outbox.close()
            return try outcome.get()
        }
    }

    /// The operations as the next run of the gateway has them.
    var nextRun: BillingOperations { BillingOperations(outbox: outbox, provider: service, clock: time.clock) }

    /// For both, the gateway and the simulator.
    func advance(by seconds: Int) async {
        time.advance(by: Double(seconds))
        await billgate.advanceClock(by: .seconds(seconds))
    }

    static func object(_ text: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(text.utf8)) else { throw FixtureError() }
        return object
    }

    static let person = """
        {"name":"สมชาย หมายปอง","tax_number":"1012670114029","phone_number":"0850601111","emails":[],\
        "address":{"house_number":"598/610","sub_district":"บางกะปิ","district":"ห้วยขวาง",\
        "province":"กรุงเทพมหานคร","post_code":"10310"}}
        """

    /// - Parameter withholding: the rate that its customer withholds, in percent.
    static func bill(_ number: String = "INV-1", withholding: Int = 0) throws -> BillingCall {
        BillingCall(
            .add(.bills),
            body: try object(
                """
                {"customer":\(person),"number":"\(number)","issue_date":"2026-11-20","due_date":"2026-12-20","items":\
                [{"description":"ค่าบริการ","quantity":1,"unit_price":1000,"vat_rate":7}],"vat_included":true,"remark":null,\
                "withholding_tax_rate":\(withholding == 0 ? "null" : String(withholding))}
                """))
    }

    static func customer(code: String? = "C-1") throws -> BillingCall {
        let code = code.map { "\"\($0)\"" } ?? "null"
        return BillingCall(
            .add(.customers),
            body: try object(
                """
                {"type":"individual","name":"สมชาย หมายปอง","tax_number":"1012670114029","customer_code":\(code),\
                "emails":[],"address":{"house_number":"1","sub_district":"","district":"","province":"","post_code":"10310"}}
                """))
    }

    static func receipt(of bill: String, number: String = "R-1") throws -> BillingCall {
        BillingCall(
            .add(.receipts), body: try object(#"{"invoice_id":"\#(bill)","data":null,"number":"\#(number)"}"#))
    }

    static func taxInvoice(of receipt: String, number: String) throws -> BillingCall {
        BillingCall(.add(.taxInvoices), body: ["number": .string(number), "receipt_id": .string(receipt)])
    }

    static func payment(of bill: String, amount: String = "1000.00") throws -> BillingCall {
        BillingCall(
            .confirmPayment, id: bill,
            body: try object(#"{"date_time":"2026-11-21 10:00:00","amount":\#(amount)}"#))
    }

    static func decline(of bill: String) throws -> BillingCall {
        BillingCall(.declinePayment, id: bill, body: try object(#"{"reason":"ยอดเงินไม่ถูกต้อง"}"#))
    }

    func states() async throws -> [String] {
        try await billing.calls(before: nil, limit: 50).map(\.state.rawValue)
    }
}
