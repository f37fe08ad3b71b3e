import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

/// The documents of a sale, through the real program.
@Suite(.timeLimit(.minutes(2))) struct DocumentTests {
    @Test("a document is listed while it is made, and its files come once it is")
    func life() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            try await store.register("B")
            #expect(try await store.documents(of: "A").isEmpty)
            let nothing = try await store.request(.GET, "/v1/sales/A/documents/latest.pdf")
            #expect(nothing.status == 404)
            let made = try await store.slime.customerMakesDocument(of: "A")
            let early = try #require(try await store.documents(of: "A").first)
            #expect(early.id == made.id && !early.ready && early.readiedAt == nil && !early.archived)
            for name in [made.id, "latest"] {
                let answer = try await store.request(.GET, "/v1/sales/A/documents/\(name).pdf")
                #expect(answer.status == 503 && answer.headers.first(name: "Retry-After") == "10")
                #expect(try answer.problem().title == "Not made yet")
            }
            await store.slime.finishDocuments()
            let late = try #require(try await store.documents(of: "A").first)
            #expect(late.ready && late.pdfSize == made.pdfSize && late.xmlSize == made.xmlSize)
            for (name, type, start, size) in [
                ("\(made.id).pdf", "application/pdf", "%PDF-", made.pdfSize),
                ("latest.pdf", "application/pdf", "%PDF-", made.pdfSize),
                ("\(made.id).xml", "application/xml", "<?xml", made.xmlSize),
                ("latest.xml", "application/xml", "<?xml", made.xmlSize),
            ] {
                let file = try await store.request(.GET, "/v1/sales/A/documents/\(name)")
                #expect(file.status == 200 && file.headers.first(name: "Content-Type") == type, "\(name)")
                #expect(file.headers.first(name: "Cache-Control") == "no-store")
                #expect(file.body.count == size && file.body.starts(with: Array(start.utf8)), "\(name)")
            }
            // It is no document of that sale, whoever's it is.
            #expect(try await store.request(.GET, "/v1/sales/B/documents/\(made.id).pdf").status == 404)
            let strange = try #require(await store.slime.otherStoreMakesDocuments().first)
            #expect(try await store.request(.GET, "/v1/sales/A/documents/\(strange.id).pdf").status == 404)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a sale with a buyer has its document without anybody asking, and its number on the paper finds it")
    func ofBuyer() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            let buyer = """
                "buyer":{"name":"สมชาย","national_id":"1111111111119","address":{"house_number":"99/1","tambon_id":"103301",
                "post_code":"10110"}},"receipt":{"print":false,"number":"0001234"},"customization"
                """
            let sale = Store.sale("A").replacing(#""customization""#, with: buyer)
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", sale).status == 201)
            let early = try #require(try await store.documents(of: "A").first)
            #expect(!early.ready)
            await store.slime.finishDocuments()
            let saved = try await store.command("documents", "--number", "0001234", "--pdf", "-")
            #expect(saved.status == 0 && saved.output.hasPrefix("%PDF-"), "\(saved.complaints)")
            #expect(try await store.command("documents", "--number", "0009999").status == 65)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a file that is none is refused in plain words, the next one comes, and sales go on")
    func badFiles() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let path = "/v1/sales/A/documents/\(made.id).pdf"
            for (fault, words) in [
                (SlimeSimulator.Fault.Kind.file(.html), "it is no PDF"), (.file(.size(100)), "it is no whole PDF"),
                (.file(.endless), "longer than"), (.file(.redirect("file:///etc/passwd")), "leads to a place"),
                (.file(.cut), "was cut"), (.file(.status(403)), "answered HTTP 403"),
                (.location("https://169.254.169.254/latest"), "may not be called"), (.location(nil), "location"),
                (.unavailable(status: 500), "HTTP 500"),
            ] {
                await store.slime.inject(.init(fault, times: 1))
                let answer = try await store.request(.GET, path)
                #expect(answer.status == 503, "\(fault)")
                let problem = try answer.problem()
                #expect(problem.detail.contains(words), "\(problem.detail)")
                #expect(!problem.detail.contains("://") && !problem.detail.contains("127.0.0.1"), "\(problem.detail)")
                #expect(answer.headers.first(name: "Retry-After") == "30")
            }
            #expect(try await store.request(.GET, path).status == 200)
            try await store.register("B")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("tags replace each other, and find the transactions that carry them, without a link or Slime's own tags")
    func tags() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            let set = try await store.request(.PUT, "/v1/sales/A/tags", #"{"tags":["order:314159","ลูกค้า 7"]}"#)
            #expect(set.status == 200)
            #expect(String(decoding: set.body, as: UTF8.self) == #"{"tags":["order:314159","ลูกค้า 7"]}"#)
            #expect(await store.slime.transaction("A")?.tags == ["order:314159", "ลูกค้า 7"])
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let found = try await store.request(
                .GET,
                "/v1/transactions?tag=%E0%B8%A5%E0%B8%B9%E0%B8%81%E0%B8%84%E0%B9%89%E0%B8%B2%207&include_documents=all")
            let list = try TransactionList(json: JSONParser.parse(found.body))
            #expect(list.transactions.map(\.transactionID) == ["A"])
            #expect(list.transactions.first?.documents?.map(\.id) == [made.id])
            #expect(list.transactions.first?.tradeValue == "412.60")
            let own = try await store.request(.GET, "/v1/transactions?tag=NIDN:1111111111119")
            let text = String(decoding: own.body, as: UTF8.self)
            #expect(text.contains("\"A\"") && !text.contains("NIDN") && !text.contains("http"), "\(text)")
            let emptied = try await store.request(.PUT, "/v1/sales/A/tags", #"{"tags":[]}"#)
            #expect(emptied.status == 200)
            #expect(await store.slime.transaction("A")?.tags == [])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test(
        "neither log nor metrics nor events hold a location, a link, a tag or a buyer, after all of it and every fault")
    func nothingSecret() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            var events = try await EventFollower(store)
            try await store.register("A")
            let link = try #require(await store.slime.transaction("A")?.serviceURL)
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let path = "/v1/sales/A/documents/\(made.id)"
            for fault in [
                SlimeSimulator.Fault.FileFault.html, .cut, .redirect("http://secret.example/key"), .status(403), .lost,
            ] {
                await store.slime.inject(.init(.file(fault), times: 1))
                _ = try await store.request(.GET, path + ".pdf")
            }
            await store.slime.inject(.init(.location("https://10.0.0.1/secret-location"), times: 1))
            _ = try await store.request(.GET, path + ".xml")
            for name in [".pdf", ".xml"] { #expect(try await store.request(.GET, path + name).status == 200) }
            #expect(try await store.request(.PUT, "/v1/sales/A/tags", #"{"tags":["secret-tag"]}"#).status == 200)
            _ = try await store.request(.GET, "/v1/transactions?tag=NIDN:1111111111119&include_documents=all")
            _ = try await store.request(.GET, "/v1/sales/A/transaction")
            let metrics = try await store.request(.GET, "/metrics")
            try await store.register("B")
            _ = try await events.next { $0.name == "registration" && $0.text("transaction_id") == "B" }
            let said = [
                try gateway.logged(), String(decoding: metrics.body, as: UTF8.self), events.received,
            ]
            for text in said {
                for secret in [
                    "secret", "NIDN", "1111111111119", "Alabibi", "/files/", "trading-document-interface", link,
                    store.secret, "10.0.0.1",
                ] {
                    #expect(!text.contains(secret), "\(secret) in: \(text)")
                }
            }
            #expect(said[1].contains(#"kamkap_service_calls_total{call="file",outcome="success",service="slime"} 2"#))
            #expect(said[1].contains(#"kamkap_service_calls_total{call="file",outcome="forbidden",service="slime"} 2"#))
            #expect(await gateway.stop() == 0)
        }
    }
}
