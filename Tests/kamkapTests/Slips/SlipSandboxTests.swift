import Foundation
import GatewayAPI
import JSON
import Testing

/// The whole way of a payment slip, as somebody who tries Kamkap out sees it.
@Suite(.timeLimit(.minutes(3))) struct SlipSandboxTests {
    private static let sale = """
        {"transaction_id":"A/1","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
        {"name":"กาแฟ","unit_price":"60","quantity":"2","vatable":true}]},
        "receipt":{"payments":[{"method":"transfer","amount":"120"}],"total":"120.00"}}
        """

    private func command(_ sandbox: RunningSandbox, _ arguments: String...) async throws -> Binary.Outcome {
        try await Binary.run(arguments + ["--socket", sandbox.socket])
    }

    private func reads(_ result: String, _ sandbox: RunningSandbox) async throws {
        let address = try #require(
            try sandbox.said().split(separator: "\n").first { $0.hasPrefix("  ScanlyIQ") }?.split(separator: " ").last)
        let set = try await RunningSandbox.put("\(address)/simulator/slips", #"{"result":\#(result)}"#)
        #expect(set.status == 200)
    }

    @Test("a slip agrees, differs or cannot be read, and its words never say that money arrived") func states()
        async throws
    {
        try await RunningSandbox.run("--slips") { sandbox in
            #expect(try await sandbox.post("/v1/sales?wait=printed&timeout=60s", Self.sale).status == 201)
            // Any picture is a slip: the paper of the sale.
            let picture = sandbox.folder.appendingPathComponent("receipts/0001.png").path
            try await reads(#"{"amount":120.00,"date":"2569-11-20","bank":"KBANK"}"#, sandbox)
            let agrees = try await command(
                sandbox, "slip", picture, "--sale", "A/1", "--wait", "--timeout", "60s")
            #expect(agrees.status == 0, "\(agrees)")
            #expect(agrees.output.contains("สลิปตรงกับยอด – ยังไม่ใช่การยืนยันว่าเงินเข้า"), "\(agrees)")
            try await reads(#"{"amount":102,"date":"2026-11-20"}"#, sandbox)
            let differs = try await command(
                sandbox, "slip", picture, "--amount", "120", "--wait", "--timeout", "60s", "--json")
            #expect(differs.status == 1, "\(differs)")
            let slip = try SlipResource(json: try JSONParser.parse(Array(differs.output.utf8)))
            #expect(
                slip.state == "differs" && slip.differences.contains { $0.check == "amount" && $0.found == "102.00" })
            try await reads("null", sandbox)
            let unread = try await command(
                sandbox, "slip", picture, "--amount", "7", "--wait", "--timeout", "60s")
            #expect(unread.status == 1 && unread.output.contains("unreadable"), "\(unread)")
            let list = try await command(sandbox, "slips", "--state", "differs")
            #expect(list.status == 0 && list.output.contains(slip.id), "\(list)")
            let removed = try await command(sandbox, "slips", "remove", slip.id)
            #expect(removed.status == 0 && removed.output.contains("removed"), "\(removed)")
            let page = sandbox.folder.appendingPathComponent("page.jpg")
            try Data("<html>".utf8).write(to: page)
            let refused = try await command(sandbox, "slip", page.path, "--amount", "7")
            #expect(refused.status == 65 && refused.complaints.contains("a web page"), "\(refused)")
        }
    }
}
