import Foundation
import JSON
import Testing

@testable import GatewayAPI

@Suite struct SupplierInvoiceResourceTests {
    private static let digest = String(repeating: "0f", count: 32)

    private static let waiting = """
        {"number":7,"file":"ใบแจ้งหนี้.pdf","filed_as":null,"sha256":"\(digest)","size":52431,\
        "received_at":"2026-11-20T03:15:05.250Z","copies":1,"state":"waiting","attempts":0,"last_error":null,\
        "next_attempt_at":null}
        """

    private static let failed = """
        {"number":6,"file":"a.pdf","filed_as":"a-1.pdf","sha256":"\(digest)","size":1,\
        "received_at":"2026-11-20T03:15:05.250Z","copies":3,"state":"failed","attempts":4,\
        "last_error":{"code":"OCRInvoice::ReadingFailed","message":"blurred","at":"2026-11-20T03:15:07.000Z"},\
        "next_attempt_at":"2026-11-20T03:16:07.000Z"}
        """

    private static func waitingResource() -> SupplierInvoiceResource {
        var invoice = SupplierInvoiceResource()
        invoice.number = 7
        invoice.file = "ใบแจ้งหนี้.pdf"
        invoice.sha256 = digest
        invoice.size = 52_431
        invoice.receivedAt = Date(timeIntervalSince1970: 1_795_144_505.25)
        invoice.copies = 1
        invoice.state = "waiting"
        return invoice
    }

    private static func failedResource() -> SupplierInvoiceResource {
        var invoice = waitingResource()
        (invoice.number, invoice.file, invoice.filedAs) = (6, "a.pdf", "a-1.pdf")
        (invoice.size, invoice.copies, invoice.state, invoice.attempts) = (1, 3, "failed", 4)
        invoice.lastError = ErrorResource(
            code: "OCRInvoice::ReadingFailed", message: "blurred", at: Date(timeIntervalSince1970: 1_795_144_507))
        invoice.nextAttemptAt = Date(timeIntervalSince1970: 1_795_144_567)
        return invoice
    }

    @Test("an invoice has every member, null where it is empty, in the published order, and is read without loss")
    func members() throws {
        for (invoice, text) in [(Self.waitingResource(), Self.waiting), (Self.failedResource(), Self.failed)] {
            #expect(invoice.json.text == text)
            #expect(try SupplierInvoiceResource(json: JSONParser.parse(Array(text.utf8))) == invoice)
        }
    }

    @Test("a page of invoices is written and read without loss", arguments: [nil, "7"]) func page(next: String?) throws
    {
        let text = #"{"invoices":[\#(Self.waiting),\#(Self.failed)],"next":\#(next.map { "\"\($0)\"" } ?? "null")}"#
        let page = try SupplierInvoicePage(json: JSONParser.parse(Array(text.utf8)))
        #expect(
            page == SupplierInvoicePage(invoices: [Self.waitingResource(), Self.failedResource()], next: next))
        #expect(page.json.text == text)
    }

    @Test(
        "a reading keeps every digit that the service wrote",
        arguments: [
            "null", #"{"job":{"id":"1"},"results":{"total":1070.00,"x":1e2},"kept_at":"2026-11-20T03:15:07.000Z"}"#,
        ])
    func detail(reading: String) throws {
        let text = #"{"invoice":\#(Self.waiting),"reading":\#(reading)}"#
        let detail = try SupplierInvoiceDetail(json: JSONParser.parse(Array(text.utf8)))
        #expect(detail.invoice == Self.waitingResource())
        #expect(detail.json.text == text)
    }

    @Test("a part of the service's own list is written and read without loss") func remote() throws {
        let text = """
            {"jobs":[{"id":"64f","job_number":"KK-00000-0f0f","document_name":"a.pdf","status":"processing",\
            "created_at":"2026-11-20T03:15:05Z","completed_at":null},{"id":"2","job_number":null,"document_name":null,\
            "status":null,"created_at":null,"completed_at":null}],"total":90,"next":50}
            """
        let page = try RemoteJobPage(json: JSONParser.parse(Array(text.utf8)))
        #expect(page.jobs.map(\.id) == ["64f", "2"] && page.total == 90 && page.next == 50)
        #expect(page.jobs[0].jobNumber == "KK-00000-0f0f" && page.jobs[1].status == nil)
        #expect(page.json.text == text)
    }
}
