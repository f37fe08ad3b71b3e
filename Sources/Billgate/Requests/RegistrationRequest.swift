import JSON
import RemoteServices
public import Sales

/// The body of the call that makes a sale's document, built once for the sale and kept as bytes.
///
/// Decimals keep their digits: they are numbers in JSON's grammar as they are. Members of the event that Billgate has no place
/// for, such as a theme, tags and payments, are left out, so that a till need not change when its shop's provider does.
public struct RegistrationRequest: Sendable {
    private let sale: Sale
    /// The seller's branch: Billgate has no member for it.
    private let branch: String?
    private let terms: BillgateTerms
    private let numberPrefix: String
    private let purpose: Purpose

    private enum Purpose {
        case registration
        /// The full tax invoice of a sale whose paper is an abbreviated one.
        case laterInvoice
    }

    /// Stands behind the transaction id in the number of a later tax invoice. No transaction id has a full stop, so no sale's
    /// own document has that number.
    static let laterSuffix = ".T"

    /// - Parameter numberPrefix: instead of the terms': a sale keeps its number for as long as it may have been made under it.
    public init(_ event: SaleEvent, under terms: BillgateTerms, numberPrefix: String? = nil) {
        sale = event.sale
        branch = if case .string(let text)? = event.customization["seller_branch_id"] { text } else { nil }
        self.terms = terms
        self.numberPrefix = numberPrefix ?? terms.numberPrefix
        purpose = .registration
    }

    /// - Parameter event: the sale with the buyer to whom the invoice is made out.
    public init(laterInvoiceFor event: SaleEvent, under terms: BillgateTerms, numberPrefix: String? = nil) {
        sale = event.sale
        branch = if case .string(let text)? = event.customization["seller_branch_id"] { text } else { nil }
        self.terms = terms
        self.numberPrefix = numberPrefix ?? terms.numberPrefix
        purpose = .laterInvoice
    }

    public var bytes: [UInt8] { JSONValue.object(body).bytes }

    var number: String { numberPrefix + sale.id.text + (purpose == .laterInvoice ? Self.laterSuffix : "") }

    private var kind: DocumentKind { purpose == .laterInvoice ? .taxInvoice : DocumentKind(of: sale) }

    /// What is kept beside it.
    var context: RegistrationContext { RegistrationContext(of: sale, as: kind, numberPrefix: numberPrefix) }

    var kept: ServiceRequest { ServiceRequest(bytes: bytes, context: context.text) }

    private var body: JSONObject {
        switch kind {
        case .receipt:
            var data = data
            data["name"] = .string(sale.number)
            return ["invoice_id": .null, "data": .object(data), "number": .string(number)]
        case .taxInvoice:
            return ["number": .string(number), "invoice_id": .null, "receipt_id": .null, "data": .object(data)]
        case .invoice:
            var body: JSONObject = ["number": .string(number)]
            for (key, value) in data.members {
                body[key] = value
                if key == "issue_date" { body["due_date"] = .string((sale.dueOn ?? issueDay).text) }
            }
            body["name"] = .string(sale.number)
            return body
        }
    }

    private var data: JSONObject {
        let person = sale.buyer.map { RequestPerson($0) } ?? RequestPerson(terms.walkIn)
        let rate = JSONNumber(sale.vatRate.inPercent)
        return [
            "customer": .object(person.json), "issue_date": .string(issueDay.text),
            "items": .array(RequestLines(sale.lines).lines.map { .object($0.json(rate: rate)) }),
            "vat_included": .bool(sale.vatIncluded), "remark": .string(remark), "withholding_tax_rate": .null,
        ]
    }

    private var issueDay: BangkokDay { BangkokDay(of: sale.issuedAt) }

    private var remark: String {
        let seller = branch.flatMap { $0 == "00000" ? nil : " สาขา \($0)" } ?? ""
        return (purpose == .laterInvoice ? "แทนใบกำกับภาษีอย่างย่อเลขที่ " : "เลขที่ ") + sale.number + seller
    }
}

extension DecimalNumber {
    /// 7 for 0.07.
    var inPercent: DecimalNumber {
        let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
        var places = String(10_000 + rest).dropFirst()
        while places.last == "0" { places.removeLast() }
        return DecimalNumber(places.isEmpty ? "\(whole)" : "\(whole).\(places)") ?? self
    }
}
