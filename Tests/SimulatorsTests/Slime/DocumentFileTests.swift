import Foundation
import TestPrintServer
import Testing

@testable import Simulators

/// The bytes of documents, as readers of other make see them.
@Suite(.timeLimit(.minutes(1)))
struct DocumentFileTests {
    private static func document(pdfSize: Int, xmlSize: Int, buyer: String?) -> SlimeSimulator.Document {
        SlimeSimulator.Document(
            id: "2026/11-20_aD1", transactionID: "2026/11-20_a", sequence: 1, type: .taxInvoice, buyerName: buyer,
            pdfSize: pdfSize, xmlSize: xmlSize, due: nil)
    }

    private func read(_ bytes: [UInt8], by program: (String) -> [String]) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "kamkap-file-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let command = program(file.path)
        return try await OutsideProgram.run(command[0], Array(command.dropFirst()))
    }

    @Test("a PDF of any size is opened by poppler, and names its document", arguments: [0, 899, 4096, 107_229])
    func pdf(size: Int) async throws {
        let document = Self.document(pdfSize: size, xmlSize: 0, buyer: nil)
        let bytes = document.bytes(of: .pdf)
        #expect(bytes.starts(with: Array("%PDF-1.4\n".utf8)))
        #expect(bytes.count == size || size < 1000 && bytes.count > size)
        let text = try await read(bytes) { ["/usr/bin/pdftotext", $0, "-"] }
        let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\u{C}" }).map { String($0) }
        // What poppler says of a broken cross-reference table would be among them.
        let expected = ["SAMPLE - NOT A TAX INVOICE", "Document 2026/11-20_aD1", "Transaction 2026/11-20_a"]
        #expect(lines == expected)
    }

    @Test(
        "an XML of any size is read by expat, whatever the buyer is called",
        arguments: [(0, "x"), (12_942, "<&>\"' 🧾 ก้า"), (2048, "a\u{0}\u{7}b")])
    func xml(size: Int, buyer: String) async throws {
        let document = Self.document(pdfSize: 0, xmlSize: size, buyer: buyer)
        let bytes = document.bytes(of: .xml)
        #expect(bytes.count == size || size == 0)
        let script = """
            from sys import argv; from xml.etree.ElementTree import parse
            root = parse(argv[1]).getroot(); print(root.find("ID").text, root.find("BuyerName").text)
            """
        let text = try await read(bytes) { ["/usr/bin/python3", "-c", script, $0] }
        #expect(text == "2026/11-20_aD1 \(buyer.filter { $0 != "\u{0}" && $0 != "\u{7}" })\n")
    }

    @Test("the sizes that the API states are those of the files", arguments: [0, 5000])
    func sizes(size: Int) async throws {
        try await withSlime({ ($0.documents.delay, $0.documents.pdfSize, $0.documents.xmlSize) = (.zero, size, size) })
        {
            slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            let data = #"{"document_id":"aD1"}"#
            let shown = try await slime.call("trading-document/show", data).data
            let pdf = try await RawExchange("GET", slime.location(.downloadPDF, data))
            let xml = try await RawExchange("GET", slime.location(.downloadXML, data))
            #expect(pdf.status == 200 && pdf.headers["content-type"] == "application/pdf")
            #expect(xml.status == 200 && xml.headers["content-type"] == "application/xml")
            #expect(shown["pdf_size"] as? Int == pdf.body.count && pdf.body.count >= size)
            #expect(shown["xml_size"] as? Int == xml.body.count && xml.body.count >= size)
        }
    }
}
