import Foundation
import GatewayAPI
import JSON
import Testing

/// The whole way of a supplier's invoice, as somebody who tries Kamkap out sees it.
@Suite(.timeLimit(.minutes(3))) struct InvoiceSandboxTests {
    private static let document = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    /// The SHA-256 of ``document``.
    private static let digest = "14fb1bb0a3f76503d164c7fd78a07c420c2f07eecd41793b406c6f75f2bc2aba"

    private func command(_ sandbox: RunningSandbox, _ arguments: String...) async throws -> Binary.Outcome {
        try await Binary.run(["invoices"] + arguments + ["--socket", sandbox.socket])
    }

    private func address(of title: String, _ sandbox: RunningSandbox) throws -> String {
        let line = try sandbox.said().split(separator: "\n").first { $0.hasPrefix("  \(title)") }
        return String(try #require(line?.split(separator: " ").last))
    }

    private func place(_ name: String, _ sandbox: RunningSandbox) -> URL {
        sandbox.folder.appendingPathComponent("invoices/\(name)")
    }

    /// As a back office does that follows the book: whole under another name, then renamed.
    private func drop(_ bytes: Data, as name: String, _ sandbox: RunningSandbox) throws {
        let draft = place("incoming/.tmp-\(UUID().uuidString)", sandbox)
        try bytes.write(to: draft)
        try FileManager.default.moveItem(at: draft, to: place("incoming/\(name)", sandbox))
    }

    private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !(try await isSo()) {
            guard ContinuousClock.now < deadline else { throw FixtureError("not so within a minute: \(what)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func names(_ folder: String, _ sandbox: RunningSandbox) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: place(folder, sandbox).path).sorted()
    }

    private func json(_ place: URL) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(try Data(contentsOf: place))) else {
            throw FixtureError("\(place.lastPathComponent) is no object")
        }
        return object
    }

    @Test("an invoice is read once, its reading lies beside it byte by byte, and nothing of it stays outside")
    func read() async throws {
        try await RunningSandbox.run("--supplier-invoices") { sandbox in
            let (reader, store) = (try address(of: "OCR", sandbox), try address(of: "objects", sandbox))
            let results = #"{"invoice":{"total":1070.00,"x":1e2},"note":"ก"}"#
            let number = "KK-00000-\(Self.digest.prefix(20))"
            let set = try await RunningSandbox.put(
                "\(reader)/simulator/results", #"{"number":"\#(number)","results":\#(results)}"#)
            #expect(set.status == 200)
            try drop(Data(Self.document.utf8), as: "ใบแจ้งหนี้.pdf", sandbox)
            try await until("it is read") {
                try names("read", sandbox) == ["ใบแจ้งหนี้.json", "ใบแจ้งหนี้.pdf"]
            }
            #expect(try Data(contentsOf: place("read/ใบแจ้งหนี้.pdf", sandbox)) == Data(Self.document.utf8))
            let reading = try String(contentsOf: place("read/ใบแจ้งหนี้.json", sandbox), encoding: .utf8)
            #expect(reading.contains(#""results":\#(results)"#), "\(reading)")
            try await until("nothing is owed") {
                try await command(sandbox, "--state", "reading").output.contains("no invoices")
            }
            let objects = try await RunningSandbox.get("\(store)/simulator/objects")
            #expect(String(decoding: objects.body, as: UTF8.self).contains("[]"), "\(objects)")
            let jobs = try await command(sandbox, "--remote")
            #expect(jobs.status == 0 && jobs.output.contains("no jobs"), "\(jobs)")
            #expect(try names("reading", sandbox) == [])

            // The same bytes once more, under another name.
            try drop(Data(Self.document.utf8), as: "again.pdf", sandbox)
            try await until("the copy is known") { try names("read", sandbox).contains("again.duplicate.json") }
            guard case .object(let first)? = try json(place("read/again.duplicate.json", sandbox))["duplicate_of"]
            else {
                throw FixtureError("it is not said of what it is a copy")
            }
            #expect(first["number"] != nil && first["file"] == .string("ใบแจ้งหนี้.pdf"))
            let counters = try await RunningSandbox.get("\(reader)/simulator/counters")
            guard case .object(let counted) = try JSONParser.parse(counters.body) else {
                throw FixtureError("the counters are no object")
            }
            #expect(counted["jobs"] == .number(JSONNumber(1)), "\(counted)")
            let log = try sandbox.said()
            #expect(!log.contains("ใบแจ้งหนี้") && !log.contains("X-Amz-Signature"))
        }
    }

    @Test("what is no invoice goes to failed/ with its reason, and a page in HTML is one") func refused() async throws {
        try await RunningSandbox.run("--supplier-invoices") { sandbox in
            try drop(Data("<!doctype html><html></html>".utf8), as: "page.pdf", sandbox)
            try await until("it is refused") {
                try names("failed", sandbox) == ["page.pdf", "page.problem.json"]
            }
            let problem = try json(place("failed/page.problem.json", sandbox))
            #expect(problem["status"] == .number(JSONNumber(422)), "\(problem)")
            let list = try await command(sandbox)
            #expect(list.status == 0 && list.output.contains("no invoices"), "\(list)")
        }
    }

    @Test("staff list invoices, look at one, have it read again and give it up") func staff() async throws {
        try await RunningSandbox.run("--supplier-invoices") { sandbox in
            try drop(Data(Self.document.utf8), as: "a.pdf", sandbox)
            func state() async throws -> SupplierInvoiceResource? {
                let list = try await command(sandbox, "list", "--json")
                return try SupplierInvoicePage(json: try JSONParser.parse(Array(list.output.utf8))).invoices.first
            }
            try await until("it is read") { try await state()?.state == "read" && names("read", sandbox).count == 2 }
            let invoice = try #require(try await state())
            #expect(invoice.file == "a.pdf" && invoice.filedAs == "a.pdf" && invoice.sha256 == Self.digest)
            let shown = try await command(sandbox, "show", "\(invoice.number)")
            #expect(shown.status == 0 && shown.output.contains("read/a.pdf"), "\(shown)")
            #expect(shown.output.contains("reading"), "\(shown)")
            let redone = try await command(sandbox, "redo", "\(invoice.number)")
            #expect(redone.status == 0, "\(redone)")
            try await until("it is read again") {
                try await state()?.state == "read" && names("read", sandbox).contains("a-1.json")
            }
            #expect(try names("read", sandbox) == ["a-1.json", "a-1.pdf", "a.json", "a.pdf"])
            let removed = try await command(sandbox, "remove", "\(invoice.number)")
            #expect(removed.status == 0 && removed.output.contains("read/a-1.pdf"), "\(removed)")
            #expect(try names("read", sandbox).count == 4)
            let missing = try await command(sandbox, "show", "999999")
            #expect(missing.status == 65, "\(missing)")
        }
    }
}
