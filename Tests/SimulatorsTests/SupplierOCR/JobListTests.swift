import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1)))
struct JobListTests {
    private typealias Lists = SupplierOCRSimulator.Leeway.Lists

    @Test("a list has pages, and says how many there are")
    func pages() async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.addForeignJobs(120)
            let usual = try await ocr.call("GET")
            #expect(usual.texts("jobNumber").count == 50 && usual.json["total"] as? Int == 120)
            #expect(usual.texts("jobNumber").first == "OTHER-120")
            let last = try await ocr.call("GET", "?limit=100&offset=100")
            #expect(last.texts("jobNumber").count == 20 && last.texts("jobNumber").last == "OTHER-1")
            #expect(try await ocr.call("GET", "?offset=120").texts("jobNumber").isEmpty)
        }
    }

    @Test(
        "the list is in each order",
        arguments: [
            (ShelfOrder.newest, ["OTHER-3", "OTHER-2", "OTHER-1"]), (.oldest, ["OTHER-1", "OTHER-2", "OTHER-3"]),
            (.number, ["OTHER-1", "OTHER-2", "OTHER-3"]),
        ])
    func order(order: ShelfOrder, numbers: [String]) async throws {
        try await withSupplierOCR({ $0.leeway.lists.order = order }) { ocr async throws in
            await ocr.simulator.addForeignJobs(3)
            #expect(try await ocr.call("GET").texts("jobNumber") == numbers)
            let rising = try await ocr.call("GET", "?sort=jobNumber&order=asc")
            #expect(rising.texts("jobNumber") == ["OTHER-1", "OTHER-2", "OTHER-3"])
            let falling = try await ocr.call("GET", "?sort=createdAt")
            #expect(falling.texts("jobNumber") == ["OTHER-3", "OTHER-2", "OTHER-1"])
            try await ocr.allow { $0.lists.honoursSort = false }
            #expect(try await ocr.call("GET", "?order=asc").texts("jobNumber") == numbers)
        }
    }

    @Test(
        "a search finds numbers and names, names alone, words, or everything",
        arguments: [
            (Lists.Search.honoured, ["OCR-7"], 2), (.blind, [], 2), (.words, ["OCR-7", "OCR-8"], 2),
            (.ignored, ["OCR-7", "OCR-8", "OTHER-1"], 3),
        ] as [(SupplierOCRSimulator.Leeway.Lists.Search, [String], Int)])
    func search(rule: SupplierOCRSimulator.Leeway.Lists.Search, byNumber: [String], byName: Int) async throws {
        try await withSupplierOCR({ $0.leeway.lists.search = rule }) { ocr async throws in
            await ocr.simulator.addForeignJobs(1)
            for number in ["OCR-7", "OCR-8"] { _ = try await ocr.make(number) }
            let found = try await ocr.call("GET", "?search=ocr-7")
            #expect(found.texts("jobNumber").sorted() == byNumber && found.json["total"] as? Int == byNumber.count)
            #expect(try await ocr.call("GET", "?search=invoice").texts("jobNumber").count == byName)
        }
    }

    @Test("a filter compares members, or nothing")
    func filter() async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.addForeignJobs(1)
            _ = try await ocr.make("OCR-7")
            let filter = "?filter=%7B%22jobNumber%22%3A%22OCR-7%22%2C%22priority%22%3A%22low%22%7D"
            #expect(try await ocr.call("GET", filter).texts("jobNumber") == ["OCR-7"])
            try await ocr.allow { $0.lists.honoursFilter = false }
            #expect(try await ocr.call("GET", filter).texts("jobNumber").count == 2)
        }
    }

    @Test("a page may be short, a total nothing or missing, and a new job late")
    func leeway() async throws {
        try await withSupplierOCR({
            ($0.leeway.lists.pageCap, $0.leeway.lists.lag) = (2, .seconds(60))
        }) { ocr async throws in
            await ocr.simulator.addForeignJobs(3)
            #expect(try await ocr.call("GET").json["total"] as? Int == 0)
            await ocr.simulator.advanceClock(by: .seconds(61))
            let page = try await ocr.call("GET", "?limit=100")
            #expect(page.texts("jobNumber").count == 2 && page.json["total"] as? Int == 3)
            try await ocr.allow { $0.lists.total = .zero }
            #expect(try await ocr.call("GET").json["total"] as? Int == 0)
            try await ocr.allow { $0.lists.total = .absent }
            #expect(try await ocr.call("GET").json["total"] == nil)
        }
    }
}
