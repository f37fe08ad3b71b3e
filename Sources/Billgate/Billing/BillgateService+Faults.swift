import Foundation
import JSON
public import RemoteServices
public import Sales

extension BillgateService {
    public func faults(of call: BillingCall) async throws(BillingFailure) -> [SaleFault] {
        guard let operation = BillgateOperation(call.operation) else {
            return [SaleFault(pointer: "", detail: "Billgate cannot do this: \(call.operation.name)")]
        }
        let terms = operation.terms
        var faults = Self.faults(of: call, by: terms)
        if let rule = terms.body, let body = call.body {
            faults += BodyCheck.faults(of: body, by: rule)
            if faults.isEmpty { faults += Self.sources(of: call.operation, in: body) }
            if faults.isEmpty, call.operation == .add(.recurring) { faults += try await installments(in: body) }
        }
        return faults
    }

    /// The faults beside the body's.
    private static func faults(of call: BillingCall, by terms: BillgateOperation.Terms) -> [SaleFault] {
        var faults: [SaleFault] = []
        if terms.path.contains("*") {
            let id = call.id ?? ""
            if terms.takesUUID ? !PageFormat.isUUID(id) : !PageFormat.isID(id) {
                let rule = terms.takesUUID ? PageFormat.uuidRule : PageFormat.idRule
                faults.append(SaleFault(pointer: "/id", detail: "expected \(rule)"))
            }
        }
        for (name, value) in call.query.sorted(by: { $0.key < $1.key }) {
            guard let rule = terms.query.first(where: { $0.name == name }) else {
                let known = terms.query.isEmpty ? "none" : terms.query.map(\.name).joined(separator: ", ")
                faults.append(
                    SaleFault(pointer: "/\(name.prefix(40))", detail: "no such parameter; known here: \(known)"))
                continue
            }
            if let fault = rule.fault(of: value) { faults.append(SaleFault(pointer: "/\(name)", detail: fault)) }
        }
        if (terms.body == nil) != (call.body == nil) {
            faults.append(
                SaleFault(pointer: "", detail: terms.body == nil ? "expected no body" : "expected a body of JSON"))
        }
        return faults
    }

    /// A receipt and a tax invoice are made from one thing: another document, or data.
    private static func sources(of operation: BillingOperation, in body: JSONObject) -> [SaleFault] {
        let names: [String]
        switch operation {
        case .add(.receipts): names = ["invoice_id", "data"]
        case .add(.taxInvoices): names = ["invoice_id", "receipt_id", "data"]
        default: return []
        }
        let given = names.filter { body[$0].map { !$0.isNull } ?? false }
        guard given.count != 1 else { return [] }
        let found = given.isEmpty ? "none" : given.joined(separator: " and ")
        return [
            SaleFault(
                pointer: "/\(given.last ?? names[0])",
                detail: "expected one of \(names.joined(separator: ", ")), and null for the others; found \(found)")
        ]
    }

    /// As many as there are cycles, and together what the template comes to.
    private func installments(in body: JSONObject) async throws(BillingFailure) -> [SaleFault] {
        var parts: [JSONValue] = []
        if case .array(let values)? = body["installments"] { parts = values }
        let place = "/installments"
        guard body.text("payment_policy") == "installment" else {
            guard !parts.isEmpty else { return [] }
            return [SaleFault(pointer: place, detail: "only with payment_policy installment")]
        }
        guard let cycle = body.count("cycle"), parts.count == cycle, cycle > 0 else {
            let wanted =
                body.count("cycle").map { "as many as there are cycles, \($0)" } ?? "a cycle, which counts them"
            return [SaleFault(pointer: place, detail: "expected \(wanted), found \(parts.count)")]
        }
        var sum = Decimal.zero
        for (index, part) in parts.enumerated() {
            guard case .object(let part) = part, case .number(let amount)? = part["amount"],
                let amount = Decimal(string: amount.canonical)
            else { return [SaleFault(pointer: "\(place)/\(index)/amount", detail: "required")] }
            sum += amount
        }
        return try await comparison(of: sum, with: body.text("invoice_template_id") ?? "", at: place)
    }

    private func comparison(
        of sum: Decimal, with template: String, at place: String
    ) async throws(BillingFailure) -> [SaleFault] {
        let shown: JSONObject
        do { shown = try await sent(BillingCall(.show(.templates), id: template)) } catch {
            guard error.kind == .absent else { throw error }
            return [SaleFault(pointer: "/invoice_template_id", detail: "Billgate has no such template")]
        }
        // Without the figure Billgate has to compare them itself.
        guard case .number(let gross)? = shown.object("template")?["gross_amount"],
            let gross = Decimal(string: gross.canonical), gross != sum
        else { return [] }
        return [SaleFault(pointer: place, detail: "expected \(gross) in all, as the template comes to, found \(sum)")]
    }
}
