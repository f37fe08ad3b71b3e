import Foundation
import Testing

@testable import Simulators

/// The pages and files behind a document's links.
@Suite(.timeLimit(.minutes(1)))
struct PouchTests {
    @Test("a document's page is there for everybody who knows its 64 digits, until the document is deleted")
    func page() async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeReceipt("R<1>")
            let shown = try await billgate.call("GET", "/v1/receipts/\(id)")
            let url = try #require(shown.json["shareable_url"] as? String)
            #expect(url.hasPrefix(billgate.endpoint + "/pouch/"))
            let token = url.dropFirst((billgate.endpoint + "/pouch/").count)
            #expect(token.count == 64 && token.allSatisfy { $0.isHexDigit && !$0.isUppercase })
            let page = try await billgate.call("GET", "/pouch/\(token)", key: nil)
            #expect(page.status == 200 && page.text.contains("R&lt;1&gt;") && page.text.contains("1000"))
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(try await billgate.call("POST", "/pouch/\(token)", key: nil).status == 405)
            let near = String(token.dropLast()) + (token.last == "0" ? "1" : "0")
            #expect(try await billgate.call("GET", "/pouch/\(near)", key: nil).status == 404)
            try await billgate.call("DELETE", "/v1/receipts/\(id)")
            #expect(try await billgate.call("GET", "/pouch/\(token)", key: nil).status == 404)
        }
    }

    @Test("on the page of an invoice its customer says that it is paid")
    func pay() async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeInvoice()
            let path = try #require(await billgate.simulator.document(.invoice, id)).linkPath
            #expect(try await billgate.call("GET", path, key: nil).text.contains("<form"))
            let told = try await RawExchange(
                "POST", billgate.endpoint + path, type: "application/x-www-form-urlencoded")
            #expect(told.status == 303 && told.headers["location"] == path)
            #expect(await billgate.simulator.document(.invoice, id)?.status == .pendingApproval)
            #expect(try await billgate.call("GET", path, key: nil).text.contains("<form") == false)
        }
    }

    @Test("a PDF is made after its delay, under an address of its own")
    func pdf() async throws {
        try await withBillgate({ $0.leeway.pdfDelay = .seconds(60) }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            let token = try #require(await billgate.simulator.document(.receipt, id)).token
            let guess = "/storage/receipt/\(token.prefix(32)).pdf"
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").json["pdf_url"] is NSNull)
            #expect(try await billgate.call("GET", guess, key: nil).status == 404)
            await billgate.simulator.advanceClock(by: .seconds(61))
            let url = try #require(try await billgate.call("GET", "/v1/receipts/\(id)").json["pdf_url"] as? String)
            let file = try await RawExchange("GET", url)
            #expect(file.status == 200 && file.headers["content-type"] == "application/pdf")
            #expect(file.body.starts(with: "%PDF-1.4".utf8))
            #expect(try await billgate.call("GET", "/storage/invoice/\(token.prefix(32)).pdf", key: nil).status == 404)
        }
    }

    @Test("in an account that makes no PDFs, none is ever made")
    func never() async throws {
        try await withBillgate({ $0.leeway.pdfDelay = nil }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            await billgate.simulator.advanceClock(by: .seconds(1_000_000))
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").json["pdf_url"] is NSNull)
        }
    }

    @Test("links begin with what the configuration says")
    func publicBase() async throws {
        try await withBillgate({ $0.publicBase = "https://pouch.example" }) { billgate async throws in
            let invoice = try await billgate.call("POST", "/v1/invoices", BillgateExamples.invoice)
            #expect((invoice.json["shareable_url"] as? String)?.hasPrefix("https://pouch.example/pouch/") == true)
        }
    }
}
