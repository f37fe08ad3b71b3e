import Foundation
import Testing

@testable import Simulators

/// Each fault of a file as a client meets it on the wire.
@Suite(.timeLimit(.minutes(1)))
struct FileFaultTests {
    private let document = #"{"document_id":"aD1"}"#

    /// The answer at a location whose file meets a fault, and how often the file counts as fetched whole.
    private func met(_ fault: SlimeSimulator.Fault.FileFault) async throws -> (RawExchange, SlimeSimulator.Fetches) {
        var met: (RawExchange, SlimeSimulator.Fetches)?
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            await slime.simulator.inject(.init(.file(fault), times: 1))
            let answer = try await RawExchange("GET", slime.location(.downloadPDF, document))
            met = (answer, await slime.simulator.document("aD1")?.pdf ?? .init())
            // The fault is used up; the next one gets the file.
            #expect(try await RawExchange("GET", slime.location(.downloadPDF, document)).body.count == 4096)
        }
        return try #require(met)
    }

    @Test("a web page, called a PDF")
    func html() async throws {
        let (answer, fetches) = try await met(.html)
        #expect(answer.status == 200 && answer.headers["content-type"] == "application/pdf")
        #expect(answer.text.hasPrefix("<!DOCTYPE html>"))
        #expect(fetches == .init(locations: 1))
    }

    @Test("another size than stated", arguments: [0, 100, 5000])
    func size(bytes: Int) async throws {
        let (answer, fetches) = try await met(.size(bytes))
        #expect(answer.body.count == bytes && answer.headers["content-length"] == String(bytes))
        #expect(fetches == .init(locations: 1, begun: 1))
    }

    @Test("a redirect to anywhere", arguments: ["file:///etc/passwd", "http://127.0.0.1:1/"])
    func redirect(url: String) async throws {
        let (answer, _) = try await met(.redirect(url))
        #expect(answer.status == 302 && answer.headers["location"] == url)
    }

    @Test("a file that is cut in the middle")
    func cut() async throws {
        let (answer, fetches) = try await met(.cut)
        #expect(answer.headers["content-length"] == "4096" && answer.body.count == 2048)
        #expect(fetches == .init(locations: 1, begun: 1))
    }

    @Test("a status", arguments: [404, 500])
    func status(status: Int) async throws {
        #expect(try await met(.status(status)).0.status == status)
    }

    @Test("a file that comes late is a true one")
    func slow() async throws {
        let (answer, _) = try await met(.slow(.milliseconds(5)))
        #expect(answer.text.hasPrefix("%PDF-1.4") && answer.body.count == 4096)
    }

    @Test("a packed file")
    func packed() async throws {
        let (answer, _) = try await met(.packed(.gzip))
        #expect(answer.headers["content-encoding"] == "gzip" && answer.body.starts(with: [0x1F, 0x8B]))
    }

    @Test(
        "a body that never ends goes on until its reader leaves, and one that drips is slow", arguments: [true, false])
    func endless(isEndless: Bool) async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            await slime.simulator.inject(.init(.file(isEndless ? .endless : .drip), times: 1))
            let url = try #require(URL(string: try await slime.location(.downloadPDF, document)))
            let line = try await Dialler.connect(to: url.absoluteString)
            try await line.send(Array("GET \(url.path) HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            // The head and a few bytes; or far more than the file's 4,096.
            let heard = String(decoding: try await line.hear(isEndless ? 1 << 20 : 115), as: UTF8.self)
            #expect(heard.hasPrefix("HTTP/1.1 200") && heard.contains("\r\n\r\n"))
            #expect(heard.lowercased().contains("content-length") != isEndless)
            try await line.close()
            #expect(await slime.simulator.document("aD1")?.pdf == .init(locations: 1, begun: 1))
        }
    }

    @Test("a lost file is a closed connection")
    func lost() async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            await slime.simulator.inject(.init(.file(.lost), times: 1))
            let url = try #require(URL(string: try await slime.location(.downloadPDF, document)))
            let line = try await Dialler.connect(to: url.absoluteString)
            try await line.send(Array("GET \(url.path) HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            #expect(try await line.untilClosed().isEmpty)
        }
    }

    @Test("faults of files are met by the files they fit, and by no call")
    func fits() async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            for id in ["a", "b"] { _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice(id)) }
            await slime.simulator.inject(.init(.exception(code: "Some::Code"), documentID: "bD1", times: 1))
            await slime.simulator.inject(.init(.file(.html), documentID: "bD1"))
            await slime.simulator.inject(.init(.file(.status(410)), subject: "trading-document/download-xml"))
            let pdf = try await slime.location(.downloadPDF, document)
            #expect(try await slime.call("trading-document/show", #"{"document_id":"bD1"}"#).code == "Some::Code")
            let xml = try await slime.location(.downloadXML, document)
            let other = try await slime.location(.latestPDF, #"{"transaction_id":"b"}"#)
            #expect(try await RawExchange("GET", pdf).text.hasPrefix("%PDF"))
            #expect(try await RawExchange("GET", xml).status == 410)
            #expect(try await RawExchange("GET", other).text.hasPrefix("<!DOCTYPE"))
        }
    }

    @Test("the API can name any location, or none")
    func location() async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            await slime.simulator.inject(.init(.location("file:///etc/passwd"), times: 1))
            await slime.simulator.inject(.init(.location(nil), times: 1))
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).code == "success")
            #expect(try await slime.location(.downloadPDF, document) == "file:///etc/passwd")
            let none = try await slime.call("trading-document/download-xml", document)
            #expect(none.code == "success" && none.data["location"] == nil)
            #expect(try await slime.location(.downloadPDF, document).hasPrefix("http://127.0.0.1:"))
        }
    }
}
