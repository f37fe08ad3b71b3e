import Foundation
import Testing

@testable import Simulators

/// The files at their locations: another host, for a minute.
@Suite(.timeLimit(.minutes(1)))
struct LocationTests {
    private let document = #"{"document_id":"aD1"}"#
    private let transaction = #"{"transaction_id":"a"}"#

    private func withInvoice(
        _ configure: (inout SlimeSimulator.Configuration) -> Void = { _ in },
        _ body: (SlimeCaller) async throws -> Void
    ) async throws {
        try await withSlime({
            $0.documents.delay = .zero
            configure(&$0)
        }) { slime async throws in
            #expect(try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a")).code == "success")
            try await body(slime)
        }
    }

    @Test("a location is on another port, and another one each time")
    func elsewhere() async throws {
        try await withInvoice { slime async throws in
            let first = try await slime.location(.downloadPDF, document)
            let second = try await slime.location(.latestPDF, transaction)
            #expect(first != second)
            #expect(first.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/thai-document\/[0-9a-f]{32}/) != nil)
            #expect(URL(string: first)?.port != URL(string: slime.endpoint)?.port)
            #expect(try await RawExchange("GET", first).text.hasPrefix("%PDF-1.4"))
            #expect(try await RawExchange("GET", second).text.hasPrefix("%PDF-1.4"))
            let file = try #require(await slime.simulator.document("aD1")?.pdf)
            #expect(file == .init(locations: 2, begun: 2, whole: 2))
            // Neither host has what the other has.
            let path = try #require(URL(string: first)?.path)
            #expect(try await RawExchange("GET", slime.base + path).status == 404)
            let files = first.dropLast(path.count)
            #expect(try await RawExchange("POST", files + "/projects/123456/api", body: "{}").status == 404)
            #expect(
                try await RawExchange("GET", files + "/thai-document/" + String(repeating: "0", count: 32)).status
                    == 404)
            #expect(try await RawExchange("POST", first).status == 405)
        }
    }

    @Test("a location expires after a minute", arguments: [403, 404, 410])
    func expired(status: Int) async throws {
        try await withInvoice({ $0.documents.expiredStatus = status }) { slime async throws in
            let location = try await slime.location(.downloadXML, document)
            await slime.simulator.advanceDocumentClock(by: .seconds(50))
            #expect(try await RawExchange("GET", location).status == 200)
            #expect(try await RawExchange("GET", location).status == 200)
            await slime.simulator.advanceDocumentClock(by: .seconds(11))
            #expect(try await RawExchange("GET", location).status == status)
            #expect(await slime.simulator.document("aD1")?.xml.whole == 2)
        }
    }

    @Test("a location serves once where the rules say so")
    func once() async throws {
        try await withInvoice({ $0.documents.locationsServeOnce = true }) { slime async throws in
            let location = try await slime.location(.downloadPDF, document)
            #expect(try await RawExchange("GET", location).status == 200)
            #expect(try await RawExchange("GET", location).status == 403)
        }
    }

    @Test("the API redirects to the file when it is asked to", arguments: [302, 303])
    func redirect(status: Int) async throws {
        try await withInvoice({ $0.documents.redirectStatus = status }) { slime async throws in
            for subject in ["trading-document/download-pdf", "trading-document/download-xml"] {
                let token = try await SlimeCaller.token(
                    subject: subject, data: #"{"document_id":"aD1","redirect":true}"#)
                let answer = try await RawExchange("POST", slime.endpoint, body: #"{"request":"\#(token)"}"#)
                #expect(answer.status == status)
                let location = try #require(answer.headers["location"])
                #expect(try await RawExchange("GET", location).status == 200)
            }
            #expect(await slime.simulator.totals.successes == 3)
        }
    }

    @Test("a deferrable latest PDF is a page that waits, and sends on to the file")
    func deferrable() async throws {
        try await withInvoice({ $0.documents.delay = nil }) { slime async throws in
            let data = #"{"transaction_id":"a","deferrable":true}"#
            let page = try await slime.location(.latestPDF, data)
            let waiting = try await RawExchange("GET", page)
            #expect(waiting.status == 200 && waiting.headers["content-type"] == "text/html; charset=utf-8")
            #expect(waiting.text.contains("http-equiv=\"refresh\""))
            await slime.simulator.finishDocuments()
            let onward = try await RawExchange("GET", page)
            #expect(onward.status == 303)
            #expect(try await RawExchange("GET", onward.headers["location"] ?? "").text.hasPrefix("%PDF-1.4"))
            let direct = try await slime.location(.latestPDF, data)
            #expect(try await RawExchange("GET", direct).text.hasPrefix("%PDF-1.4"))
        }
    }

    @Test("locations begin as configured")
    func publicBase() async throws {
        try await withInvoice({ $0.publicFileBase = "https://temporary.example.com" }) { slime async throws in
            let location = try await slime.location(.downloadPDF, document)
            #expect(location.hasPrefix("https://temporary.example.com/thai-document/"))
        }
    }

    @Test("a wait for files ends when they are served, and at its limit")
    func waits() async throws {
        try await withInvoice { slime async throws in
            let location = try await slime.location(.downloadPDF, document)
            async let waited: Void = slime.simulator.waitForFiles(atLeast: 1)
            _ = try await RawExchange("GET", location)
            try await waited
            let error = await #expect(throws: SimulatorError.self) {
                try await slime.simulator.waitForFiles(atLeast: 2, within: .milliseconds(20))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test("a port for files that is taken is an error")
    func portTaken() async throws {
        try await withInvoice { slime async throws in
            let port = try #require(URL(string: slime.endpoint)?.port)
            let error = await #expect(throws: SimulatorError.self) {
                try await withSlime({ $0.filePort = port }) { _ in }
            }
            #expect(error?.code == .cannotListen)
        }
    }
}
