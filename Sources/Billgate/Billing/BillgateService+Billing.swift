public import JSON
public import RemoteServices
import Sales

extension BillgateService: BillingProvider {
    public func key(of call: BillingCall) -> String {
        if let id = call.id { return id }
        let body = call.body ?? [:]
        let names = call.operation == .add(.customers) ? ["customer_code", "tax_number", "name"] : ["number"]
        return names.lazy.compactMap { body.text($0) }.first ?? ""
    }

    public func repeating(_ call: BillingCall) -> BillingRepeat {
        let body = call.body ?? [:]
        return switch call.operation {
        case .change, .remove: .harmless
        case .confirmPayment, .declinePayment: .byStatus
        case .add(.customers): body.text("customer_code") == nil ? .never : .afterLooks
        case .add(.bills): .afterLooks
        case .add(.receipts): body.text("invoice_id") == nil ? .never : .looksFirst
        case .add(.taxInvoices): body.text("invoice_id") ?? body.text("receipt_id") == nil ? .never : .looksFirst
        case .add, .list, .show, .transitions: .never
        }
    }

    // MARK: Calls

    public func page(_ call: BillingCall) async throws(BillingFailure) -> BillingPage {
        var query = call.query
        let (offset, limit) = (query["offset"].flatMap { Int($0) } ?? 0, query["limit"].flatMap { Int($0) } ?? 50)
        query["offset"] = "\(offset)"
        query["limit"] = "\(limit)"
        let answer = try await sent(BillingCall(call.operation, query: query))
        guard let page = BillingPage(answer, offset: offset, limit: limit) else {
            throw unintelligible(call, "Billgate answered with a list that is none")
        }
        return page
    }

    public func perform(_ call: BillingCall) async throws(BillingFailure) -> BillingAnswer {
        let answer = try await sent(call)
        let id = ["id", "receipt_id", "tax_invoice_id"].lazy.compactMap { answer.text($0) }.first
        if case .add = call.operation, id == nil {
            throw unintelligible(call, "Billgate answered without the id of what it made")
        }
        if case .show = call.operation, let id, let asked = call.id, id.lowercased() != asked.lowercased() {
            throw unintelligible(call, "Billgate answered with something of another id")
        }
        return BillingAnswer(id: id ?? call.id, json: answer)
    }

    public func bill(_ answer: JSONObject) -> BillState? {
        guard let id = answer.text("id"), let status = answer.text("status") else { return nil }
        return BillState(id: id, number: answer.text("number") ?? "", status: status)
    }

    // MARK: The key of the account

    public func checkAuthorization() async throws(BillingFailure) {
        _ = try await token(.checkBillgateAuthorization)
    }

    public func accessToken(_ request: AccessTokenRequest) async throws(BillingFailure) -> AccessToken {
        let operation: BillgateOperation =
            switch request {
            case .current: .getBillgateAccessToken
            case .new: .generateBillgateAccessToken
            }
        guard let token = try await token(operation) else {
            throw BillgateError(.unintelligible, "Billgate answered without a token").failure(of: operation)
        }
        return token
    }

    public func revokeAccessToken() async throws(BillingFailure) {
        _ = try await token(.revokeBillgateAccessToken)
    }

    private func token(_ operation: BillgateOperation) async throws(BillingFailure) -> AccessToken? {
        do {
            return try await observer.counted(.billing(operation)) { () async throws(BillgateError) in
                try await client.token(operation)
            }
        } catch {
            throw error.failure(of: operation)
        }
    }

    // MARK: Sending

    func sent(_ call: BillingCall) async throws(BillingFailure) -> JSONObject {
        guard let operation = BillgateOperation(call.operation) else {
            throw BillingFailure(
                .refused,
                ServiceFailure(
                    code: "Gateway::NoSuchOperation", message: "Billgate has no operation \(call.operation.name)",
                    disposition: .reject))
        }
        do {
            return try await observer.counted(.billing(operation)) { () async throws(BillgateError) in
                try await client.perform(operation, id: call.id, query: call.query, body: call.body)
            }
        } catch {
            throw error.failure(of: operation)
        }
    }

    private func unintelligible(_ call: BillingCall, _ message: String) -> BillingFailure {
        let isWrite = call.operation.isWrite
        return BillingFailure(
            .failed, BillgateError(.unintelligible, message).failure(at: isWrite ? .create : .find))
    }
}

extension BillingPage {
    /// The keys of the lists on the page.
    private static let keys = ["data", "invoice_templates", "recurring_invoices"]

    /// Nil if the answer is no list.
    init?(_ answer: JSONObject, offset: Int, limit: Int) {
        guard case .array(let values)? = Self.keys.lazy.compactMap({ answer[$0] }).first else { return nil }
        let entries = values.compactMap { if case .object(let entry) = $0 { entry } else { nil } }
        let (end, isTooFar) = offset.addingReportingOverflow(entries.count)
        guard entries.count == values.count, !isTooFar else { return nil }
        // The page's own examples have a total and a next of 0 beside entries: then neither says anything. Nor does a short
        // page: a server may make all of them short.
        let total = answer.listLength("total").flatMap { $0 >= end ? $0 : nil }
        let goesOn = total.map { end < $0 } ?? (entries.count >= limit || (answer.count("next") ?? 0) > 0)
        self.init(entries: entries, total: total, next: goesOn && !entries.isEmpty ? end : nil)
    }
}
