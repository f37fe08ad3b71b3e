import Foundation
import GatewayAPI
import NIOHTTP1
import Sales
import Simulators
import Testing

/// A sale with a buyer at the real program, and every place where its buyer must not be.
@Suite(.timeLimit(.minutes(2))) struct BuyerTests {
    private static let address =
        #""address":{"house_number":"99/1","street":"ถนนลับ","tambon_id":"103301","post_code":"10110"}"#
    private static let buyer = """
        {"name":"สมชาย ลับมาก","national_id":"1111111111119","email":"somchai.secret@example.com","phone":"0998877665",\(address)}
        """
    private static let company = #"{"name":"บริษัท ลับกว่า จำกัด","tax_id":"0105561000003","branch_id":"00007",\#(address)}"#
    /// A fault without it may meet a health check.
    private static let subject = "simple-transaction/initiate-with-tax-invoice"
    /// What nobody may find.
    private static let secrets = ["ลับ", "1111111111119", "1111111111118", "somchai.secret", "0998877665"]

    private static func sale(_ id: String, buyer: String = buyer) -> String {
        Store.sale(id).replacing(#""customization""#, with: #""buyer":\#(buyer),"customization""#)
    }

    private static func isReady(_ id: String) -> (EventFollower.Event) -> Bool {
        { $0.name == "registration" && $0.text("transaction_id") == id && $0.text("state") == "ready" }
    }

    @Test("a buyer's data is in no answer, list, event, metric, status or log, whatever becomes of the sale")
    func nowhere() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            var events = try await EventFollower(store)
            await store.slime.inject(
                .init(
                    .exception(code: "Buyer::InvalidEmail", message: "สมชาย ลับมาก somchai.secret@example.com"),
                    subject: Self.subject, times: 1))
            await store.slime.inject(
                .init(
                    .exception(code: "SchemaViolation", message: "name: สมชาย ลับมาก 1111111111119"),
                    subject: Self.subject, times: 1))
            for id in ["R-1", "R-2"] {
                let sale = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale(id))
                #expect(sale.status == 201)
                #expect(try sale.sale().hasBuyer)
                #expect(try sale.sale().registration.state == "rejected")
            }
            let wrong = try await store.request(
                .POST, "/v1/sales",
                Self.sale("R-3", buyer: Self.buyer.replacing("1111111111119", with: "1111111111118")))
            #expect(wrong.status == 422)
            #expect(try wrong.problem().errors?.map(\.pointer) == ["/buyer/national_id"])
            #expect(try await store.request(.POST, "/v1/sales/R-1/retry", #"{"buyer":\#(Self.company)}"#).status == 200)
            _ = try await events.next(where: Self.isReady("R-1"))
            var texts = [String(decoding: wrong.body, as: UTF8.self)]
            for path in ["/v1/sales/R-1", "/v1/sales/R-2", "/v1/sales?limit=9", "/v1/status", "/metrics"] {
                texts.append(String(decoding: try await store.request(.GET, path).body, as: UTF8.self))
            }
            texts.append(try await store.command("show", "R-2").output)
            texts.append(try await store.command("sales", "--json").output)
            texts.append(try await store.command("status").output)
            #expect(await gateway.stop() == 0)
            texts += [events.received, try gateway.logged()]
            for text in texts {
                for secret in Self.secrets { #expect(!text.contains(secret), "\(text)") }
            }
        }
    }

    @Test("kamkap retry gives a refused sale another buyer from a file, or makes it out to nobody")
    func command() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for id in ["C-1", "C-2"] {
                await store.slime.inject(
                    .init(
                        .exception(code: "Buyer::InvalidTambon", message: nil), subject: Self.subject, times: 1))
                _ = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale(id))
            }
            let shown = try await store.command("show", "C-1").output
            #expect(shown.contains("tax_invoice (made out to a buyer)") && shown.contains("kamkap addresses"))
            let wrong = try await store.command("retry", "C-1", "--buyer", "-", input: #"{"name":""}"#)
            #expect(wrong.status == 65)
            #expect(wrong.complaints.contains("/buyer/name") && wrong.complaints.contains("/buyer/address"))
            #expect(try await store.command("retry", "C-1", "--buyer", "-", input: "{").status == 65)
            #expect(try await store.command("retry", "C-1", "--buyer", "-", "--without-buyer").status == 64)
            let other = try await store.command("retry", "C-1", "--buyer", "-", input: Self.company)
            #expect(other.status == 0, "\(other.complaints)")
            let nobody = try await store.command("retry", "C-2", "--without-buyer", "--json")
            #expect(nobody.output.contains(#""document_type":"tax_invoice_stub","has_buyer":false"#))
            for id in ["C-1", "C-2"] {
                // From here on no event is missed.
                var events = try await EventFollower(store)
                if try await store.request(.GET, "/v1/sales/\(id)").sale().registration.state == "ready" { continue }
                _ = try await events.next(where: Self.isReady(id))
            }
            #expect(await gateway.stop() == 0)
        }
    }
}
