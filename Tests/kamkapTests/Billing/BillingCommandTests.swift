import AsyncHTTPClient
import Foundation
import GatewayAPI
import JSON
import NIOCore
import NIOHTTP1
import Sales
import Simulators
import TestNetwork
import Testing

@Suite(.timeLimit(.minutes(2))) struct BillingCommandTests {
    private static let person = """
        {"name":"สมชาย หมายปอง","tax_number":"1012670114029","phone_number":"0850601111","emails":[],\
        "address":{"house_number":"598/610","sub_district":"บางกะปิ","district":"ห้วยขวาง",\
        "province":"กรุงเทพมหานคร","post_code":"10310"}}
        """
    private static let bill = """
        {"customer":\(person),"number":"INV-1","issue_date":"2026-11-20","due_date":"2026-12-20","items":\
        [{"description":"ค่าบริการ","quantity":1,"unit_price":1000.00,"vat_rate":7}],"vat_included":true,"remark":null}
        """
    private static let customer = """
        {"type":"individual","name":"สมชาย หมายปอง","tax_number":"1012670114029","customer_code":"C-1","emails":[],\
        "address":{"house_number":"1","sub_district":"","district":"","province":"","post_code":"10310"}}
        """
    private static let template = """
        {"name":"รายเดือน","number":"TEM-1","items":[{"description":"สินค้า","quantity":1,"price_per_item":4900,\
        "vat_rate":0.07}],"is_vat_included":true,"due_date_term":15}
        """

    private func id(_ outcome: Binary.Outcome) throws -> String {
        #expect(outcome.status == 0, "\(outcome.complaints)")
        let result = try BillingResultResource(json: JSONParser.parse(Array(outcome.output.utf8)))
        guard let id = result.id else { throw FixtureError("no id in \(outcome.output)") }
        return id
    }

    @Test("every book is listed, shown, added to, changed and removed from, as far as the provider has it")
    func books() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            let customer = try id(
                try await store.command("billing", "customers", "add", "-", "--json", input: Self.customer))
            let template = try id(
                try await store.command("billing", "templates", "add", "-", "--json", input: Self.template))
            let order = """
                {"invoice_template_id":"\(template)","customer_id":"\(customer)","number":"REC-1",\
                "frequency":"monthly","start_date":"2027-01-31","cycle":null}
                """
            let recurring = try id(try await store.command("billing", "recurring", "add", "-", "--json", input: order))
            let bill = try id(
                try await store.command(
                    "billing", "bills", "add", try store.file("bill.json", Self.bill), "--customer", customer, "--json")
            )
            let receipt = try id(
                try await store.command("billing", "receipts", "add", "--bill", bill, "--number", "R-1", "--json"))
            let again = try await store.command("billing", "receipts", "add", "--bill", bill, "--number", "R-1")
            #expect(again.status == 0 && again.output == "\(receipt): there already\n")
            let other = try await store.command("billing", "receipts", "add", "--bill", bill, "--number", "R-2")
            #expect(other.status == 65 && other.complaints.contains("R-1"), "\(other.complaints)")
            let invoice = try id(
                try await store.command(
                    "billing", "tax-invoices", "add", "--receipt", receipt, "--number", "T-1", "--json"))
            let books = [
                ("customers", customer, "สมชาย"), ("templates", template, "TEM-1"), ("recurring", recurring, "REC-1"),
                ("bills", bill, "INV-1"), ("receipts", receipt, "R-1"), ("tax-invoices", invoice, "T-1"),
            ]
            for (book, id, word) in books {
                let list = try await store.command("billing", book, "list")
                #expect(list.status == 0 && list.output.contains(id) && list.output.contains(word), "\(list.output)")
                let json = try await store.command("billing", book, "list", "--json", "--limit", "1")
                #expect(try BillingPageResource(json: JSONParser.parse(Array(json.output.utf8))).entries.count == 1)
                let shown = try await store.command("billing", book, "show", id)
                #expect(shown.status == 0 && shown.output.contains(word), "\(shown.output)")
                #expect(!shown.output.contains("/pouch/") && !json.output.contains("/pouch/"))
            }
            #expect(try await store.command("billing", "bills", "show", bill, "--show-url").output.contains("/pouch/"))
            #expect(try await store.command("billing", "bills", "list", "--status", "open").status == 65)
            let narrowed = try await store.command("billing", "bills", "list", "--from", "2027-01-01")
            #expect(narrowed.status == 0 && narrowed.output == "none\n")
            let renamed = Self.customer.replacing("สมชาย", with: "สมหญิง")
            #expect(
                try await store.command("billing", "customers", "change", customer, "-", input: renamed).status == 0)
            #expect(try await store.command("billing", "customers", "show", customer).output.contains("สมหญิง"))
            #expect(
                try await store.command("billing", "templates", "change", template, "-", input: Self.template).status
                    == 0)
            #expect(try await store.command("billing", "bills", "change", bill, "-", input: Self.bill).status == 64)
            // A script has to say yes.
            #expect(try await store.command("billing", "bills", "remove", bill).status == 64)
            for (book, id, _) in books {
                #expect(try await store.command("billing", book, "remove", id, "--yes").status == 0, "\(book)")
            }
            #expect(await billgate.documents(.invoice).isEmpty)
            let wrong = try await store.command(
                "billing", "bills", "add", "-", input: Self.bill.replacing(#""vat_rate":7"#, with: #""vat_rate":8"#))
            #expect(wrong.status == 65 && wrong.complaints.contains("/items/0/vat_rate"), "\(wrong.complaints)")
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged()
            for secret in ["สมชาย", "1012670114029", await billgate.configuration.key] {
                #expect(!log.contains(secret))
            }
        }
    }

    @Test("paid, decline and the log agree, and the watched bill is an event without its customer")
    func payments() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            let bill = try id(try await store.command("billing", "bills", "add", "-", "--json", input: Self.bill))
            let early = try await store.command("billing", "decline", bill, "--reason", "ไม่พบยอดเงิน")
            #expect(early.status == 65 && early.complaints.contains("nothing to decline"), "\(early.complaints)")
            try await billgate.setStatus(.pendingApproval, ofInvoice: bill)
            let declined = try await store.command("billing", "bills", "decline", bill, "--reason", "ไม่พบยอดเงิน")
            #expect(declined.status == 0 && declined.output.contains("INV-1: pending_payment"), "\(declined.output)")
            #expect(declined.output.contains("ไม่พบยอดเงิน"))
            let little = try await store.command("billing", "paid", bill, "--amount", "999")
            #expect(little.status == 65 && little.complaints.contains("/amount"), "\(little.complaints)")
            #expect(little.complaints.contains("1000.00") && little.complaints.contains("999"))
            let paid = try await store.command("billing", "paid", bill, "--amount", "1000.00")
            #expect(paid.status == 0 && paid.output.contains("INV-1: paid"), "\(paid.output)")
            let log = try await store.command("billing", "log", bill)
            #expect(log.status == 0 && paid.output.hasSuffix(log.output), "\(log.output)")
            #expect(log.output.split(separator: "\n").count == 6)
            let twice = try await store.command("billing", "paid", bill, "--amount", "1000.00")
            #expect(twice.status == 65 && twice.complaints.contains("paid already"))
            #expect(try await store.command("billing", "paid", bill, "--amount", "much").status == 64)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("an amount that differs is sent if that is said; the gateway takes no other word for it")
    func otherAmount() async throws {
        try await Store.withBillgate { store, _ in
            let gateway = try await RunningGateway.start(in: store)
            let bill = try id(try await store.command("billing", "bills", "add", "-", "--json", input: Self.bill))
            let path = "/v1/billing/bills/\(bill)/paid"
            for (body, pointer) in [
                (#"{"date_time":"2026-11-21 10:00:00","amount":999}"#, "/amount"),
                (#"{"date_time":"2026-11-21 10:00:00","amount":999,"differs":false}"#, "/amount"),
                (#"{"date_time":"2026-11-21 10:00:00","amount":999,"differs":"yes"}"#, "/differs"),
            ] {
                let refused = try await store.request(.POST, path, body)
                #expect(refused.status == 422)
                #expect(try refused.problem().errors?.map(\.pointer) == [pointer], "\(body)")
            }
            let paid = try await store.command("billing", "paid", bill, "--amount", "999", "--differs")
            #expect(paid.status == 0 && paid.output.contains("INV-1: paid"), "\(paid.output)\(paid.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("token verbs print nothing, and write a file that only its owner reads")
    func tokens() async throws {
        try await Store.withBillgate { store, billgate in
            let gateway = try await RunningGateway.start(in: store)
            let key = await billgate.configuration.key
            func quiet(_ words: String...) async throws -> Int32 {
                let outcome = try await Binary.run(
                    ["billing", "token"] + words, environment: ["KAMKAP_SOCKET": store.socket])
                #expect(outcome.output.isEmpty && !outcome.complaints.contains(key))
                return outcome.status
            }
            #expect(try await quiet("authorized") == 0)
            let file = store.folder.appendingPathComponent("token.txt").path
            #expect(try await quiet("show", "--to", file) == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == key)
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
            #expect(try await quiet("show", "--to", file) == 65)
            #expect(try await quiet("new", "--to", file + ".2") == 64)
            #expect(try await quiet("revoke") == 64)
            #expect(await !billgate.calls().contains { $0.operation == .generateBillgateAccessToken })
            #expect(try await quiet("new", "--to", file + ".2", "--yes") == 0)
            // The new token is the key of this account, so that the old one is refused from now on.
            let new = try String(contentsOfFile: file + ".2", encoding: .utf8)
            #expect(try await quiet("authorized") == 69)
            #expect(await gateway.stop() == 0)
            let calls = try gateway.logged()
            #expect(!calls.contains(key) && !calls.contains(new))
        }
    }

    @Test("nothing of it is done over the network, also not for staff")
    func network() async throws {
        let port = try FreePort.find()
        let intake = "listen = \"127.0.0.1:\(port)\"\ntoken_file = \"token\"\nstaff_token_file = \"staff-token\""
        let (tills, staff) = ("the-tills-own-token-1234", "the-staff-own-token-1234")
        try await Store.withBillgate(intake: intake) { store, billgate in
            try LanTests.keep(tills, as: "token", in: store)
            try LanTests.keep(staff, as: "staff-token", in: store)
            let gateway = try await RunningGateway.start(in: store)
            let requests: [(HTTPMethod, String)] = [
                (.GET, "calls"), (.GET, "token"), (.POST, "token"), (.DELETE, "token"), (.GET, "bills"),
                (.POST, "bills"), (.GET, "customers/1"), (.PUT, "customers/1"), (.DELETE, "customers/1"),
                (.POST, "bills/1/paid"), (.POST, "bills/1/decline"), (.GET, "bills/1/log"),
            ]
            for token in [tills, staff] {
                for (method, path) in requests {
                    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v1/billing/\(path)")
                    request.method = method
                    request.headers.add(name: "Authorization", value: "Bearer \(token)")
                    let status = try await HTTPClient.shared.execute(request, timeout: .seconds(30)).status.code
                    #expect(status == 403, "\(method) \(path)")
                }
            }
            let calls = await billgate.calls().filter { $0.operation != .checkBillgateAuthorization }
            #expect(calls.isEmpty)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a call under way when the gateway is killed is shown as unknown, and not sent again by itself")
    func killed() async throws {
        try await Store.withBillgate { store, billgate in
            var gateway = try await RunningGateway.start(in: store)
            await billgate.inject(.init(.slow(.seconds(60)), operation: .createInvoice, times: 1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await store.command("billing", "bills", "add", "-", input: Self.bill)
                }
                while await billgate.documents(.invoice).isEmpty { await Task.yield() }
                await gateway.kill()
                try await group.waitForAll()
            }
            gateway = try await RunningGateway.start(in: store)
            let calls = try await store.command("billing", "calls")
            #expect(calls.output.contains("bills add") && calls.output.contains("unknown"), "\(calls.output)")
            let again = try await store.command("billing", "bills", "add", "-", input: Self.bill)
            #expect(again.status == 69 && again.complaints.contains("its end is unknown"), "\(again.complaints)")
            #expect(await billgate.documents(.invoice).count == 1)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("with another provider there are no bills")
    func otherProvider() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let outcome = try await store.command("billing", "bills", "list")
            #expect(outcome.status == 65 && outcome.complaints.contains("no provider that has bills"))
            #expect(await gateway.stop() == 0)
        }
    }
}
