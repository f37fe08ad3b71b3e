import Foundation
import Gateway
import GatewayAPI
import JSON
import Outbox
import Testing

@testable import Host
@testable import Intake

@Suite(.timeLimit(.minutes(2))) struct InvoiceSpoolTests {
    private func object(_ place: String, _ stage: InvoiceStage) throws -> JSONValue {
        try JSONParser.parse(Array(try Data(contentsOf: URL(fileURLWithPath: stage.path(place)))))
    }

    @Test("a document is kept under its digest, and nothing but its row knows its name") func taken() async throws {
        try await InvoiceStage.open { stage in
            try stage.drop(InvoiceStage.pdf("one"), as: "ใบแจ้งหนี้ ๑.PDF")
            try await stage.until("it is taken") { try stage.names("reading").count == 1 }
            let list = try await stage.invoices.list(state: nil, limit: 10, after: nil).views
            let record = try #require(list.first?.record)
            #expect(list.count == 1 && record.name == "ใบแจ้งหนี้ ๑.PDF" && record.size == 19)
            #expect(try stage.names("reading") == ["\(record.digest).pdf"])
            #expect(try stage.names("incoming") == [])
            #expect(stage.refusals.all == [])
        }
    }

    @Test("the same bytes are one invoice, under whatever names and endings they come, and each copy names the first")
    func copies() async throws {
        try await InvoiceStage.open { stage in
            let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xD9]
            try stage.drop(jpeg, as: "a.jpg")
            try await stage.until("it is taken") { try stage.names("reading").count == 1 }
            try stage.drop(jpeg, as: "a.jpg")
            try stage.drop(jpeg, as: "b.JPEG")
            try await stage.until("the copies are known") { try stage.names("read").count == 4 }
            #expect(try stage.names("read") == ["a.duplicate.json", "a.jpg", "b.JPEG", "b.duplicate.json"])
            let view = try #require(try await stage.invoices.list(state: nil, limit: 10, after: nil).views.first)
            #expect(view.record.copies == 2)
            let note = try object("read/b.duplicate.json", stage)
            #expect(note.text == #"{"duplicate_of":{"number":\#(view.record.number),"file":"a.jpg"}}"#)
            #expect(try stage.names("reading") == ["\(view.record.digest).jpg"])
            #expect(stage.refusals.all == [])
        }
    }

    @Test("a file whose row is there and which did not get to its place takes that place at the next start")
    func killed() async throws {
        try await InvoiceStage.open { stage in
            try stage.drop(InvoiceStage.pdf("one"), as: "a.pdf")
            try await stage.until("it is taken") { try stage.names("reading").count == 1 }
            let name = try stage.names("reading")[0]
            // As it is after a kill between the commit and the move.
            try FileManager.default.moveItem(
                atPath: stage.path("reading/\(name)"), toPath: stage.path("incoming/a.pdf"))
            try await stage.until("it is in its place") { try stage.names("reading") == [name] }
            #expect(try await stage.invoices.list(state: nil, limit: 10, after: nil).views.map(\.record.copies) == [0])
            #expect(try stage.names("read") == [])
        }
    }

    @Test(
        "what is no invoice is refused with its reason",
        arguments: [
            ("page.pdf", Array("<!doctype html>".utf8), 422, "a web page"),
            ("a.pdf", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 422, "PNG"),
            ("a.tiff", InvoiceStage.pdf("x"), 422, "PDF"), ("a.pdf", [], 422, "nothing"),
            ("a.pdf", InvoiceStage.pdf(String(repeating: "x", count: 2_000)), 413, "supplier_invoices.max_size"),
        ] as [(String, [UInt8], Int, String)])
    func refused(name: String, bytes: [UInt8], status: Int, words: String) async throws {
        try await InvoiceStage.open(maximum: 1_024) { stage in
            try stage.drop(bytes, as: name)
            try await stage.until("it is refused") { try stage.names("failed").count == 2 }
            let stem = name.split(separator: ".")[0]
            let problem = try Problem(json: try object("failed/\(stem).problem.json", stage))
            #expect(problem.status == status && problem.detail.contains(words), "\(problem)")
            #expect(try stage.names("failed").contains(name))
            #expect(stage.refusals.all == [problem.title])
            #expect(try await stage.invoices.list(state: nil, limit: 10, after: nil).views.isEmpty)
        }
    }

    @Test("half a document is taken once it is whole") func half() async throws {
        try await InvoiceStage.open { stage in
            let bytes = InvoiceStage.pdf("one")
            let path = stage.path("incoming/a.pdf")
            for (piece, mark) in [(bytes[..<12], "1"), (bytes[12...], "2")] {
                let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
                #expect(piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == piece.count)
                close(file)
                // One that comes after it shows that it was looked at.
                try stage.drop(InvoiceStage.pdf("mark \(mark)"), as: "mark-\(mark).pdf")
                try await stage.until("a look") { try !stage.names("incoming").contains("mark-\(mark).pdf") }
                #expect(try stage.names("failed") == [])
            }
            try await stage.until("it is taken") { try stage.names("reading").count == 3 }
        }
    }

    @Test(
        "an end is told where the kind of a document has one, and a page in HTML is not waited for",
        arguments: [
            (InvoiceStage.pdf("x"), true), (InvoiceStage.pdf("x").dropLast(3) + [], false),
            (InvoiceStage.pdf("x") + [UInt8](repeating: 0, count: 1_000), true), ([], false),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("....IEND....".utf8), true),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2], false), ([0xFF, 0xD8, 0xFF, 0xD9], true),
            ([0xFF, 0xD8, 0xFF], false), ([0x42, 0x4D, 30, 0, 0, 0] + [UInt8](repeating: 1, count: 24), true),
            ([0x42, 0x4D, 31, 0, 0, 0] + [UInt8](repeating: 1, count: 24), false), ([0x42, 0x4D], false),
            ([0x49, 0x49, 0x2A, 0x00], true), (Array("<!doctype".utf8), true), (Array("PK".utf8), false),
            ([UInt8](repeating: 7, count: 1_024), true),
        ] as [([UInt8], Bool)])
    func ends(bytes: [UInt8], isWhole: Bool) {
        #expect(DocumentEnd.isThere(in: bytes) == isWhole)
    }
}
