import Foundation
import GatewayAPI
import Testing

/// The whole way of a sale with Billgate, as somebody who tries Kamkap out sees it.
@Suite(.timeLimit(.minutes(2))) struct BillgateSandboxTests {
    private static let sale = """
        {"transaction_id":"00001-POS01-0001","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
        {"name":"กาแฟลาเต้เย็น","unit_price":"75","quantity":"2","vatable":true},
        {"name":"ข้าวสาร","unit_price":"220","quantity":"1","vatable":false},
        {"name":"ส่วนลดสมาชิก","unit_price":"-20","quantity":"1","vatable":true}]},
        "receipt":{"number":"0001234","payments":[{"method":"cash","amount":"350"}],"total":"350.00"}}
        """

    @Test("a sale becomes a receipt, whose code leads to it, and whose words promise no more than that")
    func receipt() async throws {
        try await RunningSandbox.run("--provider", "billgate") { sandbox in
            let answer = try await sandbox.post("/v1/sales?wait=printed&timeout=60s", Self.sale)
            #expect(answer.status == 201)
            let sale = try answer.sale()
            #expect(sale.registration.state == "ready")
            #expect(sale.registration.provider == "billgate")
            let link = try #require(sale.registration.serviceURL)
            #expect(sale.prints.map(\.state) == ["printed"])
            let picture = sandbox.folder.appendingPathComponent("receipts/0001.png")
            #expect(try await readQR(Array(Data(contentsOf: picture))) == link)
            #expect(try await RunningSandbox.get(link).status == 200)
            let text = try await readText(picture)
            for words in ["สแกนเพื่อดู", "อิเล็กทรอนิกส์", "0001234", "กำกับภาษีอย่างย่อ"] {
                #expect(text.contains(words), "read: \(text)")
            }
            #expect(!text.contains("สแกนเพื่อขอ"), "read: \(text)")
            let address = try #require(
                try sandbox.said().split(separator: "\n").first { $0.hasPrefix("  Billgate") }?.split(separator: " ")
                    .last)
            let made = try await RunningSandbox.get("\(address)/simulator/documents?kind=receipt")
            let documents = String(decoding: made.body, as: UTF8.self)
            #expect(documents.contains("\"count\":1"))
            #expect(documents.replacing("\\/", with: "/").contains(link))
        }
    }

    @Test("its demo registers and prints every sample, also the one in a company's name")
    func demo() async throws {
        let folder = URL(fileURLWithPath: "/tmp/kks-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Binary.run(["sandbox", "--provider", "billgate", "--directory", folder.path, "--demo"])
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.complaints)")
        #expect(outcome.output.contains("total 412.60, VAT 12.60"))
        let receipts = try FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("receipts").path)
        #expect(receipts.sorted() == ["0001.png", "0002.png", "0003.png"])
        for receipt in receipts {
            let png = try Data(contentsOf: folder.appendingPathComponent("receipts/\(receipt)"))
            #expect(try await readQR(Array(png)).contains("/pouch/"))
        }
        let invoice = try Data(contentsOf: folder.appendingPathComponent("tax-invoice.pdf"))
        #expect(invoice.starts(with: Data("%PDF-".utf8)))
    }

    @Test("a provider that there is not is refused with those that there are")
    func unknown() async throws {
        let outcome = try await Binary.run(["sandbox", "--provider", "bilgate", "--directory", "/tmp/kks-none"])
        #expect(outcome.status == 64)
        #expect(outcome.complaints.contains("billgate"))
    }
}

/// What tesseract reads from a picture, without the white space: it is never sure of that in Thai.
private func readText(_ picture: URL) async throws -> String {
    let outcome = try await Binary.run(
        [picture.path, "-", "-l", "tha+eng", "--psm", "4"], environment: ["OMP_THREAD_LIMIT": "1"],
        at: URL(fileURLWithPath: "/usr/bin/tesseract"))
    return outcome.output.filter { !$0.isWhitespace }
        // Some write sara am in its two parts.
        .replacingOccurrences(of: "\u{0E4D}\u{0E32}", with: "\u{0E33}", options: .literal)
}
