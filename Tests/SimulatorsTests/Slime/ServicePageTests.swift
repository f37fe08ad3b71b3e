import Foundation
import Testing

@testable import Simulators

/// The page behind a service URL, as a customer's browser uses it.
@Suite(.timeLimit(.minutes(1)))
struct ServicePageTests {
    private let form =
        "name=%E0%B8%AA%E0%B8%A1+Co.&type=TXID&number=0105561000003&branch_id=00001&building_number=9%2F1"
        + "&tambon_id=100704&post_code=10330"

    @Test("a customer asks for the full tax invoice, sees it come and opens it")
    func asks() async throws {
        try await withSlime({ $0.documents.delay = nil }) { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("2026/11/20-1"))
            let url = try #require(await slime.simulator.transaction("2026/11/20-1")?.serviceURL)
            let type = "application/x-www-form-urlencoded"
            let sent = try await RawExchange("POST", url, body: form, type: type)
            #expect(sent.status == 303 && sent.headers["location"] == url)
            #expect(await slime.simulator.documents().map(\.buyerName) == ["สม Co."])
            #expect(await slime.simulator.transaction("2026/11/20-1")?.systemTags == ["TXID:0105561000003"])
            #expect(try await RawExchange("GET", url).text.contains("2026/11/20-1D1 กำลังจัดทำ"))
            let file = url + "?document=2026%2F11%2F20-1D1"
            #expect(try await RawExchange("GET", file).status == 404)
            await slime.simulator.finishDocuments()
            #expect(try await RawExchange("GET", url).text.contains("?document=2026/11/20-1D1"))
            let onward = try await RawExchange("GET", file)
            #expect(onward.status == 303)
            #expect(try await RawExchange("GET", onward.headers["location"] ?? "").text.hasPrefix("%PDF-1.4"))
        }
    }

    @Test("a faulty buyer is named on the page, and nothing is made")
    func faulty() async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            let url = try #require(await slime.simulator.transaction("a")?.serviceURL)
            for (body, words) in [
                (form.replacing("0105561000003", with: "0105561000004"), "Buyer::CheckDigitFailed"),
                (form.replacing("TXID", with: "<b>"), "SchemaViolation"), ("", "SchemaViolation"),
                ("%", "SchemaViolation"),
            ] {
                let answer = try await RawExchange("POST", url, body: body, type: "application/x-www-form-urlencoded")
                #expect(answer.status == 422 && answer.text.contains(words))
            }
            #expect(try await RawExchange("PUT", url).status == 405)
            #expect(await slime.simulator.documents().isEmpty)
        }
    }

    @Test("a customer opens no document of another transaction")
    func others() async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            for id in ["a", "b"] { _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice(id)) }
            let url = try #require(await slime.simulator.transaction("a")?.serviceURL)
            #expect(try await RawExchange("GET", url + "?document=bD1").status == 404)
            #expect(try await RawExchange("GET", url + "?document=aD1").status == 303)
        }
    }

    @Test(
        "forms are decoded as browsers encode them",
        arguments: [("a+b", "a b"), ("%E0%B8%81", "ก"), ("100%", "100%"), ("%zz", "%zz"), ("%2B", "+"), ("", "")])
    func decoded(text: String, value: String) {
        #expect(FormText.decoded(text.utf8) == value)
    }
}
