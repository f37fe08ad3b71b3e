import Foundation
import Host
import OCRInvoice
import SupplierInvoices
import Testing

@Suite struct SupplierInvoiceFolderTests {
    private let root = "/tmp/kamkap-invoices-\(UInt64.random(in: 0 ... .max))"
    private let digest = String(repeating: "ab", count: 32)
    private let problem = Array(#"{"code":"x"}"#.utf8)
    /// 255 bytes in UTF-8, of which four are the ending.
    private static let longThai = String(repeating: "ก", count: 83) + "ab.pdf"

    private func withFolder(_ body: (SupplierInvoiceFolder) async throws -> Void) async throws {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try await body(
            try SupplierInvoiceFolder(root, access: .init(isForGroup: false, group: nil), longest: 1_000))
    }

    private func put(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/\(path)"))
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(path)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// All files but drafts, as `folder/name`.
    private func names() throws -> [String] {
        try ["reading", "read", "failed"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").map { "\(folder)/\($0)" }
        }.sorted()
    }

    private func dropped(_ text: String = "bytes") throws { try put(text, "reading/\(digest).pdf") }

    @Test("a document is read as it lies there, and one that is not is missing") func document() async throws {
        try await withFolder { folder in
            #expect(try await folder.hasDocument(digest, .pdf) == false)
            let error = await #expect(throws: SupplierFolderError.self) { try await folder.document(digest, .pdf) }
            #expect(error?.code == .missing)
            try dropped()
            #expect(try await folder.document(digest, .pdf) == Array("bytes".utf8))
            #expect(try await folder.hasDocument(digest, .pdf))
            #expect(try await folder.hasDocument(digest, .png) == false)
        }
    }

    @Test("a reading that is kept stays, whatever is kept after it") func reading() async throws {
        try await withFolder { folder in
            #expect(try await folder.hasReading(of: digest) == false)
            try await folder.keepReading([1], of: digest)
            try await folder.keepReading([2], of: digest)
            #expect(try await folder.hasReading(of: digest))
            #expect(text("reading/\(digest).json") == "\u{1}")
        }
    }

    @Test("a document that was read is filed with its reading, once or twice") func read() async throws {
        try await withFolder { folder in
            try dropped()
            try await folder.keepReading(Array("{}".utf8), of: digest)
            for _ in 0..<2 {
                try await folder.file(digest, .pdf, as: "ใบ.pdf", .read)
                #expect(try names() == ["read/ใบ.json", "read/ใบ.pdf"].sorted())
            }
            #expect(text("read/ใบ.pdf") == "bytes")
            #expect(try await folder.filedReading(of: "ใบ.pdf") == Array("{}".utf8))
        }
    }

    @Test("a document that failed is filed with why, and a reading of it goes") func failed() async throws {
        try await withFolder { folder in
            try dropped()
            try await folder.keepReading([1], of: digest)
            for _ in 0..<2 {
                try await folder.file(digest, .pdf, as: "a.pdf", .failed(problem: problem))
                #expect(try names() == ["failed/a.pdf", "failed/a.problem.json"])
            }
        }
    }

    @Test("filing goes on after a kill between its steps") func killedWhileFiling() async throws {
        try await withFolder { folder in
            try dropped()
            // The reading was moved, and the document was not.
            try put("{}", "read/a.json")
            try await folder.file(digest, .pdf, as: "a.pdf", .read)
            #expect(try names() == ["read/a.json", "read/a.pdf"])
            try dropped("other")
            try put("why", "failed/b.problem.json")
            try await folder.file(digest, .pdf, as: "b.pdf", .failed(problem: problem))
            #expect(text("failed/b.pdf") == "other" && text("failed/b.problem.json") == "why")
        }
    }

    @Test("a document that somebody took away is missing", arguments: SupplierInvoicePlace.allCases)
    func takenAway(place: SupplierInvoicePlace) async throws {
        try await withFolder { folder in
            try await folder.keepReading([1], of: digest)
            let outcome: SupplierInvoiceOutcome = place == .read ? .read : .failed(problem: problem)
            let error = await #expect(throws: SupplierFolderError.self) {
                try await folder.file(digest, .pdf, as: "a.pdf", outcome)
            }
            #expect(error?.code == .missing)
        }
    }

    @Test("nothing is overwritten: a name that is taken gets a number", arguments: SupplierInvoicePlace.allCases)
    func numbered(place: SupplierInvoicePlace) async throws {
        try await withFolder { folder in
            #expect(try await folder.freeName(for: "a.pdf", in: place) == "a.pdf")
            try put("first", "\(place.rawValue)/a.pdf")
            try put("second", "\(place.rawValue)/a-1.\(place == .read ? "json" : "problem.json")")
            #expect(try await folder.freeName(for: "a.pdf", in: place) == "a-2.pdf")
            // Its companion would be that of another kind of document.
            #expect(try await folder.freeName(for: "a-1.png", in: place) == "a-1-1.png")
            try dropped()
            try await folder.keepReading([1], of: digest)
            await #expect(throws: SupplierFolderError.self) {
                try await folder.file(digest, .pdf, as: "a.pdf", place == .read ? .read : .failed(problem: problem))
            }
            #expect(text("\(place.rawValue)/a.pdf") == "first")
            #expect(try await folder.hasDocument(digest, .pdf))
        }
    }

    @Test("a name of 255 bytes leaves room for all that comes beside it", arguments: SupplierInvoicePlace.allCases)
    func longName(place: SupplierInvoicePlace) async throws {
        #expect(Self.longThai.utf8.count == 255)
        try await withFolder { folder in
            var filed: [String] = []
            for number in 0..<12 {
                try dropped("\(number)")
                try await folder.keepReading([1], of: digest)
                let name = try await folder.freeName(for: Self.longThai, in: place)
                try await folder.file(digest, .pdf, as: name, place == .read ? .read : .failed(problem: problem))
                #expect(name.hasSuffix(".pdf") && text("\(place.rawValue)/\(name)") == "\(number)")
                filed.append(name)
            }
            #expect(Set(filed).count == 12)
            #expect(try names().count == 24)
            let all = try names()
            #expect(!all.contains { $0.contains("\u{FFFD}") })
        }
    }

    @Test("a document that failed is brought back, once or twice, and what explained it goes") func back() async throws
    {
        try await withFolder { folder in
            try dropped()
            try await folder.file(digest, .pdf, as: "a.pdf", .failed(problem: problem))
            try await folder.takeBack(digest, .pdf, from: "a.pdf", .failed)
            #expect(try names() == ["reading/\(digest).pdf"])
            // As after a kill between its steps.
            try put("why", "failed/a.problem.json")
            try await folder.takeBack(digest, .pdf, from: "a.pdf", .failed)
            #expect(try names() == ["reading/\(digest).pdf"])
            #expect(text("reading/\(digest).pdf") == "bytes")
        }
    }

    @Test("a document that was read is copied back: the books stay") func copiedBack() async throws {
        try await withFolder { folder in
            try dropped()
            try await folder.keepReading([1], of: digest)
            try await folder.file(digest, .pdf, as: "a.pdf", .read)
            try await folder.keepReading([2], of: digest)
            for _ in 0..<2 {
                try await folder.takeBack(digest, .pdf, from: "a.pdf", .read)
                #expect(try names() == ["read/a.json", "read/a.pdf", "reading/\(digest).pdf"])
            }
            #expect(text("read/a.json") == "\u{1}" && text("reading/\(digest).pdf") == "bytes")
        }
    }

    @Test("what is not there cannot be brought back", arguments: SupplierInvoicePlace.allCases)
    func notThere(place: SupplierInvoicePlace) async throws {
        try await withFolder { folder in
            let error = await #expect(throws: SupplierFolderError.self) {
                try await folder.takeBack(digest, .pdf, from: "a.pdf", place)
            }
            #expect(error?.code == .missing)
            let left = try names()
            #expect(left.isEmpty)
        }
    }

    @Test("folders that somebody removed are made again, for their owner alone") func removed() async throws {
        try await withFolder { folder in
            try FileManager.default.removeItem(atPath: root + "/reading")
            try await folder.keepReading([1], of: digest)
            let about = try FileManager.default.attributesOfItem(atPath: root + "/reading")
            #expect(about[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("a name that leads elsewhere is refused", arguments: ["", ".", "..", "../a.pdf", "a/b.pdf"])
    func elsewhere(name: String) async throws {
        try await withFolder { folder in
            try dropped()
            await #expect(throws: SupplierFolderError.self) { try await folder.freeName(for: name, in: .read) }
            await #expect(throws: SupplierFolderError.self) {
                try await folder.file(digest, .pdf, as: name, .failed(problem: problem))
            }
            #expect(try names() == ["reading/\(digest).pdf"])
        }
    }
}
