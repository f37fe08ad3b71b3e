import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(5))) struct SupplierInvoiceTests {
    private static let results =
        #"{"invoice":{"number":"INV 7","amounts":{"total":1070.00,"tax":70.000}},"lineItems":[ ]}"#

    @Test("a document's reading lies beside it, byte by byte and once, and nothing of it stays outside") func read()
        async throws
    {
        try await SupplierInvoiceStore.open { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            let pdf = SupplierInvoiceStore.pdf(1)
            let number = SupplierInvoiceStore.jobNumber(of: pdf)
            try await shop.reader.setResults(Array(Self.results.utf8), ofJobNumbered: number)
            try shop.drop(pdf, as: "ใบแจ้งหนี้ 1.pdf")
            let kept = String(decoding: try await shop.file("read/ใบแจ้งหนี้ 1.json"), as: UTF8.self)
            #expect(kept.contains("\"results\":\(Self.results)"), "\(kept)")
            #expect(kept.contains(number))
            #expect(try await shop.file("read/ใบแจ้งหนี้ 1.pdf") == pdf)
            // The same bytes under another name.
            try shop.drop(pdf, as: "copy.pdf")
            #expect(try await shop.file("read/copy.pdf") == pdf)
            #expect(try !shop.names(in: "read").contains("copy.json"))
            // What only says that it is one.
            try shop.drop(Data("<!DOCTYPE html><html></html>".utf8), as: "page.pdf")
            let problem = try Problem(
                json: try JSONParser.parse(Array(try await shop.file("failed/page.problem.json"))))
            #expect(problem.status == 415 || problem.status == 422, "\(problem)")
            // What explains a document is there before it.
            _ = try await shop.file("failed/page.pdf")
            var jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0])
            jpeg.append(Data(repeating: 7, count: 500))
            try shop.drop(jpeg, as: "photo.JPG")
            _ = try await shop.file("read/photo.json")
            #expect(try await shop.file("read/photo.JPG") == jpeg)
            let made = await shop.reader.madeByNumber()
            #expect(made == [number: 1, SupplierInvoiceStore.jobNumber(of: jpeg): 1])
            #expect(await shop.reader.liveJobs.isEmpty, "jobs are deleted")
            #expect(await shop.bucket.objects().isEmpty, "no document can be fetched any more")
            for place in ["incoming", "reading"] { #expect(try shop.names(in: place).isEmpty) }
            let list = try await shop.store.command("invoices", "list", "--state", "read")
            #expect(list.status == 0 && list.output.contains("ใบแจ้งหนี้ 1.pdf"), "\(list)")
            let metrics = String(decoding: try await shop.store.request(.GET, "/metrics").body, as: UTF8.self)
            #expect(await gateway.stop() == 0)
            let logged = try gateway.logged()
            for hidden in shop.secrets + ["X-Amz", "ใบแจ้งหนี้", "INV 7", "1070"] {
                #expect(!metrics.contains(hidden) && !logged.contains(hidden), "\(hidden)")
            }
        }
    }

    @Test("a service that is down delays no sale, and what was dropped meanwhile is read once it is back") func down()
        async throws
    {
        try await SupplierInvoiceStore.open { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            await shop.reader.inject(.init(AnswerFault.loseAnswerBeforeActing))
            try shop.drop(SupplierInvoiceStore.pdf(1), as: "one.pdf")
            let sale = try await shop.store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            #expect(sale.registration.state == "ready" && sale.prints.map(\.withQR) == [true])
            await gateway.kill()
            await shop.reader.clearFaults()
            let next = try await RunningGateway.start(in: shop.store)
            _ = try await shop.file("read/one.json")
            #expect(await shop.reader.madeByNumber().values.allSatisfy { $0 == 1 })
            #expect(await next.stop() == 0)
        }
    }

    @Test("the door shows a document to whoever has its link, until it is read, and nothing else to anybody")
    func door() async throws {
        try await SupplierInvoiceStore.open(publishing: .door) { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            // It stays published until its results are there.
            await shop.reader.inject(.init(AnswerFault.unavailable(status: 503), operation: .results, times: nil))
            let pdf = SupplierInvoiceStore.pdf(1)
            let number = SupplierInvoiceStore.jobNumber(of: pdf)
            try shop.drop(pdf, as: "one.pdf")
            let reader = shop.reader
            let link = try await until(within: .seconds(60)) {
                let job = await reader.jobs(numbered: number).first
                return job?.timesFetched == 1 ? job?.documentURL : nil
            } orElse: {
                "the reader did not fetch the document"
            }
            let shown = try await RunningSandbox.get(link)
            #expect(shown.status == 200 && Data(shown.body) == pdf)
            #expect(shown.headers.first(name: "Content-Type") == "application/pdf")

            let url = try #require(URL(string: link))
            let parts = url.pathComponents.dropFirst()
            let base = "http://127.0.0.1:\(try #require(url.port))/"
            var guesses = ["", "v1/status", "v1/sales", "v1/supplier-invoices", "metrics", "../outbox.sqlite"]
            for (place, part) in zip(parts.indices, parts) {
                var changed = Array(parts)
                changed[place - parts.startIndex] = (part.hasPrefix("0") ? "1" : "0") + part.dropFirst()
                guesses.append(changed.joined(separator: "/"))
            }
            for guess in guesses {
                let answer = try await RunningSandbox.get(base + guess)
                #expect(answer.status == 404, "\(guess)")
            }
            let change = try await RunningSandbox.put(link, "{}")
            #expect(change.status == 404 || change.status == 405)

            await shop.reader.clearFaults()
            _ = try await shop.file("read/one.json")
            #expect(try await RunningSandbox.get(link).status == 404, "what was read is not shown any more")
            #expect(await gateway.stop() == 0)
            let logged = try gateway.logged()
            for hidden in parts where hidden.count > 8 { #expect(!logged.contains(hidden), "\(hidden)") }
        }
    }
}
