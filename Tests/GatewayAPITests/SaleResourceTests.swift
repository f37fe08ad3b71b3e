import Foundation
import JSON
import Sales
import Testing

@testable import GatewayAPI

@Suite struct SaleResourceTests {
    static let emptySale = """
        {"transaction_id":"A/1","terminal_id":null,"received_at":"2026-11-20T03:15:05.250Z",\
        "issued_at":"2026-11-20T03:15:00.000Z","number":"A/1",\
        "totals":{"total":"412.60","vatable":"192.60","exempt":"220.00","vat":"12.60","net_of_vat":"180.00"},\
        "document_type":"tax_invoice_stub","has_buyer":false,"due_on":null,\
        "registration":{"provider":"slime","state":"pending","attempts":0,"service_url":null,"document_id":null,\
        "last_error":null,"next_attempt_at":null,"withdrawal_asked_at":null,"withdrawn_at":null},\
        "tax_invoice":null,"prints":[],"slips":[],"documents":[]}
        """

    static let fullSale = """
        {"transaction_id":"00001-POS01-20261120-0001","terminal_id":"POS-01","received_at":"2026-11-20T03:15:05.250Z",\
        "issued_at":"2026-11-20T03:15:00.000Z","number":"0001234",\
        "totals":{"total":"412.60","vatable":"192.60","exempt":"220.00","vat":"12.60","net_of_vat":"180.00"},\
        "document_type":"tax_invoice","has_buyer":true,"due_on":"2026-12-20",\
        "registration":{"provider":"slime","state":"held","attempts":3,"service_url":"https://example.com/s/abc",\
        "document_id":"R-1",\
        "last_error":{"code":"Fund::InsufficientBalance","message":"เติมเงิน","at":"2026-11-20T03:15:07.000Z"},\
        "next_attempt_at":"2026-11-20T03:16:07.000Z",\
        "withdrawal_asked_at":"2026-11-20T03:16:08.000Z","withdrawn_at":null},\
        "tax_invoice":{"provider":"slime","state":"rejected","attempts":2,"service_url":null,"document_id":"T-1",\
        "last_error":{"code":"Billgate::422","message":"no","at":"2026-11-20T03:15:07.000Z"},"next_attempt_at":null},\
        "prints":[{"id":1,"kind":"receipt","mark":"none","copy_number":null,"printer":"front","state":"printed",\
        "with_qr":true,"confirmed_by":"process-id","requested_at":"2026-11-20T03:15:05.250Z",\
        "finished_at":"2026-11-20T03:15:09.000Z","error":null},\
        {"id":2,"kind":"copy","mark":"copy","copy_number":1,"printer":"back","state":"failed","with_qr":false,\
        "confirmed_by":null,"requested_at":"2026-11-20T03:20:00.000Z","finished_at":null,"error":"cover open"}],"slips":[],\
        "documents":[{"id":"00001D1","sequence":1,"readied_at":"2026-11-20T03:15:00.000Z","pdf_size":107229,\
        "xml_size":null,"archived":true}]}
        """

    static func document() -> SaleDocumentResource {
        var document = SaleDocumentResource()
        document.id = "00001D1"
        document.sequence = 1
        document.readiedAt = Date(timeIntervalSince1970: 1_795_144_500)
        document.pdfSize = 107_229
        document.archived = true
        return document
    }

    static func invoice() -> ProviderJobResource {
        var invoice = ProviderJobResource()
        (invoice.provider, invoice.state, invoice.attempts) = ("slime", "rejected", 2)
        invoice.documentID = "T-1"
        invoice.lastError = ErrorResource(
            code: "Billgate::422", message: "no", at: Date(timeIntervalSince1970: 1_795_144_507))
        return invoice
    }

    static func emptyResource() -> SaleResource {
        var sale = SaleResource()
        sale.transactionID = "A/1"
        sale.receivedAt = Date(timeIntervalSince1970: 1_795_144_505.25)
        sale.issuedAt = Date(timeIntervalSince1970: 1_795_144_500)
        sale.number = "A/1"
        sale.totals = TotalsResource(totals)
        sale.documentType = "tax_invoice_stub"
        sale.registration.provider = "slime"
        sale.registration.state = "pending"
        return sale
    }

    private static func original() -> PrintResource {
        var print = PrintResource()
        print.id = 1
        print.kind = "receipt"
        print.mark = "none"
        print.printer = "front"
        print.state = "printed"
        print.withQR = true
        print.confirmedBy = "process-id"
        print.requestedAt = Date(timeIntervalSince1970: 1_795_144_505.25)
        print.finishedAt = Date(timeIntervalSince1970: 1_795_144_509)
        return print
    }

    private static func copy() -> PrintResource {
        var print = PrintResource()
        print.id = 2
        print.kind = "copy"
        print.mark = "copy"
        print.copyNumber = 1
        print.printer = "back"
        print.state = "failed"
        print.requestedAt = Date(timeIntervalSince1970: 1_795_144_800)
        print.error = "cover open"
        return print
    }

    static let totals = Totals(
        total: Money(satang: 41_260), vatable: Money(satang: 19_260), exempt: Money(satang: 22_000),
        vat: Money(satang: 1_260))

    @Test("a sale of which little is known has every member, null where it is empty, in the published order")
    func everyMember() throws {
        let json = Self.emptyResource().json
        #expect(json.text == Self.emptySale)
    }

    @Test("a sale of which everything is known is written and read without loss")
    func fullSale() throws {
        var sale = Self.emptyResource()
        sale.transactionID = "00001-POS01-20261120-0001"
        sale.terminalID = "POS-01"
        sale.number = "0001234"
        (sale.documentType, sale.hasBuyer, sale.dueOn) = ("tax_invoice", true, "2026-12-20")
        sale.registration.state = "held"
        sale.registration.attempts = 3
        sale.registration.serviceURL = "https://example.com/s/abc"
        sale.registration.documentID = "R-1"
        sale.registration.withdrawalAskedAt = Date(timeIntervalSince1970: 1_795_144_568)
        sale.registration.lastError = ErrorResource(
            code: "Fund::InsufficientBalance", message: "เติมเงิน", at: Date(timeIntervalSince1970: 1_795_144_507))
        sale.registration.nextAttemptAt = Date(timeIntervalSince1970: 1_795_144_567)
        sale.taxInvoice = Self.invoice()
        sale.prints = [Self.original(), Self.copy()]
        sale.documents = [Self.document()]
        #expect(sale.json.text == Self.fullSale)
        #expect(try SaleResource(json: Self.parsed(Self.fullSale)) == sale)
    }

    @Test("a page of sales is written and read without loss", arguments: [nil, "cursor-7"])
    func page(next: String?) throws {
        let text = #"{"sales":[\#(Self.emptySale),\#(Self.fullSale)],"next":\#(next.map { "\"\($0)\"" } ?? "null")}"#
        let page = try SalePage(json: Self.parsed(text))
        #expect(page.sales.map(\.number) == ["A/1", "0001234"])
        #expect(page.next == next)
        #expect(page.json.text == text)
    }

    @Test("an answer without one of its members is refused, and the fault says which and where")
    func missingMembers() throws {
        let whole = try Self.parsed(Self.fullSale)
        let places = Self.places(in: whole)
        #expect(places.count == 14 + 5 + 9 + 3 + 7 + 3 + 2 * 11 + 6)
        for place in places {
            let broken = Self.removing(place[...], from: whole)
            let text = place.joined(separator: ".").replacing(#/\.([0-9]+)/#) { "[\($0.output.1)]" }
            #expect(throws: WireFault(detail: "\(text) is missing"), "\(place)") { try SaleResource(json: broken) }
        }
    }

    @Test(
        "an answer with a member of another type is refused",
        arguments: [
            ("\"transaction_id\":\"A/1\"", "\"transaction_id\":7", "transaction_id is no string"),
            ("\"terminal_id\":null", "\"terminal_id\":{}", "terminal_id is no string"),
            ("2026-11-20T03:15:05.250Z", "yesterday", "received_at is no time"),
            ("\"attempts\":0", "\"attempts\":0.5", "registration.attempts is no integer"),
            ("\"attempts\":0", "\"attempts\":\"0\"", "registration.attempts is no integer"),
            ("\"attempts\":0", "\"attempts\":1e400", "registration.attempts is no integer"),
            ("\"next_attempt_at\":null", "\"next_attempt_at\":\"soon\"", "registration.next_attempt_at is no time"),
            ("\"last_error\":null", "\"last_error\":[]", "registration.last_error: expected an object, found an array"),
            ("\"prints\":[]", "\"prints\":null", "prints is no array"),
            ("\"prints\":[]", "\"prints\":[1]", "prints[0]: expected an object, found a number"),
            ("\"tax_invoice\":null", "\"tax_invoice\":[]", "tax_invoice: expected an object, found an array"),
            ("\"documents\":[]", "\"documents\":7", "documents is no array"),
            ("\"slips\":[]", "\"slips\":[null]", "slips[0]: expected an object, found null"),
            ("\"vat\":\"12.60\"", "\"vat\":12.60", "totals.vat is no string"),
        ])
    func wrongTypes(whole: String, replacement: String, detail: String) throws {
        let text = Self.emptySale.replacing(whole, with: replacement)
        #expect(throws: WireFault(detail: detail)) { try SaleResource(json: Self.parsed(text)) }
    }

    @Test("a flag is a boolean and nothing else", arguments: ["1", "null", "\"true\""])
    func flags(json: String) throws {
        let text = Self.fullSale.replacing("\"with_qr\":true", with: "\"with_qr\":\(json)")
        #expect(throws: WireFault(detail: "prints[0].with_qr is no boolean")) {
            try SaleResource(json: Self.parsed(text))
        }
    }

    @Test("what is no object at all is refused", arguments: ["[]", "null", "\"x\"", "1"])
    func noObject(text: String) throws {
        #expect(throws: WireFault.self) { try SaleResource(json: Self.parsed(text)) }
        #expect(throws: WireFault.self) { try SalePage(json: Self.parsed(text)) }
        #expect(throws: WireFault.self) { try Problem(json: Self.parsed(text)) }
    }

    @Test("times keep their milliseconds", arguments: 0..<1_000)
    func milliseconds(count: Int) throws {
        let digits = String(String(1_000 + count).dropFirst())
        let text = "2026-11-20T03:15:00.\(digits)Z"
        let date = try #require(WireTime.date(text))
        #expect(abs(date.timeIntervalSince1970 - (1_795_144_500 + Double(count) / 1_000)) < 0.000_1)
        #expect(WireTime.text(date) == text)
    }

    static func parsed(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    /// The path of every member of every object.
    private static func places(in value: JSONValue) -> [[String]] {
        switch value {
        case .object(let object):
            object.members.flatMap { member in [[member.key]] + places(in: member.value).map { [member.key] + $0 } }
        case .array(let values):
            values.enumerated().flatMap { index, value in places(in: value).map { ["\(index)"] + $0 } }
        default: []
        }
    }

    private static func removing(_ place: ArraySlice<String>, from value: JSONValue) -> JSONValue {
        guard let step = place.first else { return value }
        let rest = place.dropFirst()
        switch value {
        case .object(var object):
            object[step] = rest.isEmpty ? nil : object[step].map { removing(rest, from: $0) }
            return .object(object)
        case .array(let values):
            return .array(values.enumerated().map { "\($0)" == step ? removing(rest, from: $1) : $1 })
        default: return value
        }
    }
}
