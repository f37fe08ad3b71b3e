import Foundation
import TestNetwork
import Testing

@testable import Simulators

/// From the making of a job to its end, with documents that are really fetched.
@Suite(.timeLimit(.minutes(1)))
struct JobLifeTests {
    private typealias Leeway = SupplierOCRSimulator.Leeway

    private static let pdf = SamplePDF(lines: ["an invoice"]).bytes()

    @Test("a job is made, processed, shown under way, and done; its results are there, and then it is deleted")
    func life() async throws {
        try await withDocument(Self.pdf) { url, server in
            try await withSupplierOCR({ $0.leeway.polls = 2 }) { ocr async throws in
                let id = try await ocr.make(at: url)
                #expect(try await ocr.status(id) == "created" && server.received.isEmpty)
                #expect(try await ocr.call("GET", "/\(id)/results").status == 409)
                #expect(try await ocr.call("POST", "/\(id)/process").data["status"] as? String == "processing")
                #expect(String(decoding: server.received, as: UTF8.self).hasPrefix("GET /secret-document HTTP/1.1\r\n"))
                var seen: [String] = []
                for _ in 0..<4 { seen.append(try await ocr.status(id)) }
                #expect(seen == ["processing", "processing", "completed", "completed"])
                let results = try await ocr.call("GET", "/\(id)/results")
                #expect(results.status == 200 && results.data["jobNumber"] as? String == "OCR-2023-001")
                let gone = try await ocr.call("DELETE", "/\(id)")
                #expect(gone.text == #"{"message":"OCR invoice job deleted successfully","success":true}"#)
                for (method, path) in [("GET", ""), ("DELETE", ""), ("POST", "/process"), ("GET", "/results")] {
                    #expect(try await ocr.call(method, "/\(id)\(path)").status == 404)
                }
                #expect(try await ocr.call("PUT", "/\(id)", SupplierOCRCaller.job()).status == 404)
                // Its number is free again.
                _ = try await ocr.make(at: url)
                #expect(await ocr.simulator.madeByNumber() == ["OCR-2023-001": 2])
            }
        }
    }

    @Test(
        "a document that cannot be fetched, or is another than announced, fails its job when it is fetched",
        arguments: Leeway.Fetching.allCases,
        [
            ("pdf", [0x25, 0x50, 0x44, 0x46, 0x2D], "200 OK", nil), ("jpg", [0xFF, 0xD8, 0xFF, 0xE0], "200 OK", nil),
            ("jpeg", [0xFF, 0xD8, 0xFF, 0xE0], "200 OK", nil), ("tiff", [0x4D, 0x4D, 0, 0x2A], "200 OK", nil),
            ("bmp", [0x42, 0x4D, 0, 0], "200 OK", nil), ("png", [0x25, 0x50, 0x44, 0x46, 0x2D], "200 OK", "pdf"),
            ("pdf", Array("<!DOCTYPE html>".utf8), "200 OK", "no type"), ("pdf", [], "200 OK", "no type"),
            ("pdf", [0x25, 0x50, 0x44, 0x46, 0x2D], "403 Forbidden", "403"),
            ("pdf", [0x25, 0x50, 0x44, 0x46, 0x2D], "302 Found", "302"),
        ] as [(String, [UInt8], String, String?)])
    func documents(
        fetching: SupplierOCRSimulator.Leeway.Fetching,
        document: (type: String, bytes: [UInt8], status: String, fault: String?)
    ) async throws {
        try await withDocument(document.bytes, status: document.status) { url, _ in
            try await withSupplierOCR({ ($0.leeway.fetching, $0.leeway.polls) = (fetching, 0) }) { ocr async throws in
                let body = SupplierOCRCaller.job(at: url).replacing(#""pdf""#, with: "\"\(document.type)\"")
                let made = try await ocr.call("POST", "", body)
                let id = try #require(made.data["_id"] as? String)
                if fetching == .create {
                    #expect(made.data["status"] as? String == (document.fault == nil ? "created" : "failed"))
                    #expect(await ocr.simulator.job(id)?.timesFetched == 1)
                }
                try await ocr.call("POST", "/\(id)/process")
                let shown = try await ocr.call("GET", "/\(id)")
                #expect(shown.data["status"] as? String == (document.fault == nil ? "completed" : "failed"))
                let errors = shown.data["errorLog"] as? [[String: String]] ?? []
                if let fault = document.fault {
                    #expect(errors.first?["message"]?.contains(fault) ?? false, "\(errors)")
                    #expect(try await ocr.call("GET", "/\(id)/results").status == 409)
                } else {
                    #expect(errors.isEmpty)
                }
                #expect(await ocr.simulator.job(id)?.timesFetched == 1)
            }
        }
    }

    @Test(
        "nothing beyond this machine is called",
        arguments: [
            "http://192.0.2.1/x.pdf", "https://example.com/x", "http://127.0.0.1.example.com/", "http://[::ffff:1]/",
        ])
    func elsewhere(url: String) async throws {
        try await withSupplierOCR({ $0.leeway.polls = 0 }) { ocr async throws in
            let id = try await ocr.make(at: url)
            try await ocr.call("POST", "/\(id)/process")
            #expect(try await ocr.status(id) == "failed")
            #expect(await ocr.simulator.job(id)?.fault == "the document's host is not on this machine")
        }
    }

    @Test("a job that is changed has a new document, and what was read before is forgotten")
    func changed() async throws {
        try await withDocument(Self.pdf) { url, _ in
            try await withSupplierOCR({ $0.leeway.polls = 0 }) { ocr async throws in
                let id = try await ocr.make()
                try await ocr.call("POST", "/\(id)/process")
                #expect(try await ocr.status(id) == "failed")
                let changed = try await ocr.call("PUT", "/\(id)", SupplierOCRCaller.job(at: url))
                #expect(changed.data["status"] as? String == "created" && changed.data["documentUrl"] as? String == url)
                try await ocr.call("POST", "/\(id)/process")
                #expect(try await ocr.status(id) == "completed")
                #expect(await ocr.simulator.job(id)?.timesProcessed == 2)
            }
        }
    }

    @Test(
        "results that are not there yet, and a second process, are answered in each way",
        arguments: [
            (Leeway.Untimely.conflict, 409, false), (.badRequest, 400, false), (.refusal, 200, false),
            (.accepted, 200, true),
        ])
    func untimely(rule: SupplierOCRSimulator.Leeway.Untimely, status: Int, isSuccess: Bool) async throws {
        try await withDocument(Self.pdf) { url, _ in
            try await withSupplierOCR({
                ($0.leeway.earlyResults, $0.leeway.repeatedProcess) = (rule, rule)
            }) { ocr async throws in
                let id = try await ocr.make(at: url)
                try await ocr.call("POST", "/\(id)/process")
                let early = try await ocr.call("GET", "/\(id)/results")
                #expect(early.status == status && early.isSuccess == isSuccess)
                if isSuccess { #expect(early.json["data"] is NSNull) }
                let again = try await ocr.call("POST", "/\(id)/process")
                #expect(again.status == status && again.isSuccess == isSuccess)
                #expect(await ocr.simulator.currentTotals.processed == (isSuccess ? 2 : 1))
            }
        }
    }

    @Test(
        "a status has the words of the leeway, and a job's id its name",
        arguments: [
            (Leeway.Shown.Words.plain, ["created", "processing", "completed"]),
            (.upper, ["CREATED", "PROCESSING", "COMPLETED"]), (.other, ["new", "In Progress", "done"]),
            (.odd, ["ingested", "chewing", "digested"]), (.stuck, ["created", "created", "created"]),
            (.absent, ["", "", ""]),
        ])
    func words(words: SupplierOCRSimulator.Leeway.Shown.Words, expected: [String]) async throws {
        try await withDocument(Self.pdf) { url, _ in
            try await withSupplierOCR({ $0.leeway.shown.words = words }) { ocr async throws in
                let id = try await ocr.make(at: url)
                var seen = [try await ocr.status(id)]
                try await ocr.call("POST", "/\(id)/process")
                for _ in 0..<2 { seen.append(try await ocr.status(id)) }
                #expect(seen == expected)
                #expect(try await ocr.call("GET", "/\(id)").data["completedAt"] is String)
                try await ocr.allow {
                    $0.shown.id = .plain
                    ($0.shown.hasCompletion, $0.shown.hasURL, $0.shown.hasMetadata) = (false, false, false)
                }
                let bare = try await ocr.call("GET", "/\(id)").data
                #expect(bare["id"] as? String == id && bare["_id"] == nil)
                #expect(["completedAt", "documentUrl", "metadata"].allSatisfy { bare[$0] == nil })
            }
        }
    }

    @Test("results that were set come byte by byte")
    func results() async throws {
        try await withDocument(Self.pdf) { url, _ in
            try await withSupplierOCR({ $0.leeway.polls = 0 }) { ocr async throws in
                let text = #"{ "b": 1.50,  "a" : "ก" }"#
                try await ocr.simulator.setResults(Array(text.utf8), ofJobNumbered: "OCR-2023-001")
                await #expect(throws: SimulatorError.self) {
                    try await ocr.simulator.setResults([0x7B], ofJobNumbered: "OCR-2023-001")
                }
                let id = try await ocr.make(at: url)
                try await ocr.call("POST", "/\(id)/process")
                #expect(try await ocr.status(id) == "completed")
                #expect(try await ocr.call("GET", "/\(id)/results").text == #"{"success":true,"data":\#(text)}"#)
            }
        }
    }

    @Test("an account that is refused gets its status for everything", arguments: [401, 402, 403])
    func account(status: Int) async throws {
        try await withSupplierOCR({ $0.leeway.accountStatus = status }) { ocr async throws in
            for (method, path) in [("GET", ""), ("GET", "/x"), ("POST", "/x/process")] {
                #expect(try await ocr.call(method, path).status == status)
            }
        }
    }
}
