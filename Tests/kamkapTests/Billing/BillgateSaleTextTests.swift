import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// What staff read of a sale at Billgate, and what they may not do to its document.
@Suite(.timeLimit(.minutes(2))) struct BillgateSaleTextTests {
    private static func sale(
        _ id: String, extra: String = "", issuedAt: String = "2026-11-20T10:15:00+07:00"
    ) -> String {
        """
        {"transaction_id":"\(id)"\(extra),"document":{"issued_at":"\(issuedAt)","line_items":[
        {"name":"กาแฟลาเต้เย็น","unit_price":"75","quantity":"2","vatable":true}]},"receipt":{"print":false}}
        """
    }

    @Test("a sale's document is withdrawn with its sale, and in no other way")
    func documentOfSale() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            let sale = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale("S/1")).sale()
            let document = try #require(sale.registration.documentID)
            let shown = try await store.command("show", "S/1")
            #expect(shown.output.contains(#/provider +billgate/#), "\(shown.output)")
            #expect(shown.output.contains(document) && !shown.output.contains("withdrawal"), "\(shown.output)")
            let refused = try await store.command("billing", "receipts", "remove", document, "--yes")
            #expect(refused.status == 65, "\(refused.output)")
            #expect(refused.complaints.contains("kamkap withdraw S/1"), "\(refused.complaints)")
            #expect(await billgate.documents(.receipt).map(\.id) == [document])
            let withdrawn = try await store.command("withdraw", "S/1", "--yes")
            #expect(withdrawn.status == 0, "\(withdrawn.complaints)")
            let after = try await store.command("show", "S/1")
            #expect(after.output.contains(#/withdrawal +withdrawn 2/#), "\(after.output)")
            #expect(await billgate.documents(.receipt).isEmpty)
            // What somebody else made there is nobody's here.
            await billgate.addForeignDocuments(1, overDays: 1)
            let foreign = try #require(await billgate.documents(.receipt).first?.id)
            let removed = try await store.command("billing", "receipts", "remove", foreign, "--yes")
            #expect(removed.status == 0, "\(removed.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a bill shows the day on which it is due")
    func bill() async throws {
        try await Store.withBillgate { store, _ in
            let gateway = try await RunningGateway.start(in: store)
            let event = Self.sale("S/1", extra: #","due_on":"2026-12-20","buyer":\#(Self.buyer)"#)
            let sale = try await store.request(.POST, "/v1/sales?wait=registered", event).sale()
            #expect(sale.registration.state == "ready" && sale.dueOn == "2026-12-20" && sale.hasBuyer)
            let shown = try await store.command("show", "S/1")
            #expect(shown.output.contains(#/due +2026-12-20, on credit/#), "\(shown.output)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a later tax invoice that is rejected is shown with its sale, is told of, and needs a hand")
    func laterInvoice() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            // Nobody looks for what is newer than the database before it is made.
            let soon = Date(timeIntervalSinceNow: 3_600).formatted(.iso8601)
            _ = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale("S/1", issuedAt: soon))
            let none = try await store.command("show", "S/1")
            #expect(!none.output.contains("tax invoice "), "\(none.output)")
            let buyer = store.folder.appendingPathComponent("buyer.json")
            try Data(Self.buyer.utf8).write(to: buyer)
            await billgate.inject(.init(.refusal(status: 422, body: "no"), operation: .createTaxInvoice, times: 1))
            let refused = try await store.command("tax-invoice", "S/1", "--buyer", buyer.path)
            #expect(refused.status == 65, "\(refused.output)")
            let shown = try await store.command("show", "S/1")
            #expect(shown.output.contains(#/tax invoice +rejected \(1 attempt\)/#), "\(shown.output)")
            #expect(shown.output.contains(#/invoice error +Billgate::422: /#), "\(shown.output)")
            let list = try await store.command("sales").output
            #expect(list.contains(#/REGISTRATION +TAX INVOICE +PAPER\n.* ready +rejected /#), "\(list)")
            let alarmed = try await store.command("status")
            #expect(alarmed.status == 1 && alarmed.output.contains("1 later tax invoice (of S/1) is rejected"))
            let made = try await store.command("tax-invoice", "S/1", "--buyer", buyer.path)
            #expect(made.status == 0, "\(made.output)")
            #expect(try await store.command("status").status == 0)
            let sale = try await store.request(.GET, "/v1/sales/S%2F1").sale()
            let link = try #require(sale.taxInvoice?.serviceURL)
            let json = try await store.command("show", "S/1", "--json")
            #expect(!json.output.contains(link) && json.output.contains(sale.taxInvoice?.documentID ?? "?"))
            #expect(try await store.command("show", "S/1", "--show-url").output.contains(link))
            #expect(await gateway.stop() == 0)
        }
    }

    private static let buyer = """
        {"name":"บริษัท ผู้ซื้อ จำกัด","tax_id":"0105561000003","address":{"house_number":"9","sub_district":"คลองเตย",\
        "district":"คลองเตย","province":"กรุงเทพมหานคร","post_code":"10110"}}
        """

    @Test("a list says why a sale is rejected, and has no column for it while none is")
    func reasons() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            _ = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale("GOOD"))
            let good = try await store.command("sales")
            #expect(!good.output.contains("REASON") && !good.output.contains("PROVIDER"), "\(good.output)")
            await billgate.inject(.init(.refusal(status: 422, body: "no"), operation: .createReceipt, times: 1))
            let bad = try await store.request(.POST, "/v1/sales?wait=registered", Self.sale("BAD")).sale()
            #expect(bad.registration.state == "rejected")
            let list = try await store.command("sales").output.split(separator: "\n")
            #expect(list[0].contains(#/REGISTRATION +REASON +PAPER/#), "\(list)")
            #expect(list[1].contains(#/^BAD .* rejected +Billgate::422 /#), "\(list)")
            #expect(list[2].contains(#/^GOOD .* ready +- /#), "\(list)")
            #expect(await gateway.stop() == 0)
        }
    }
}
