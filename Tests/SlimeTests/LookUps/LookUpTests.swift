import Foundation
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Slime

/// Every look-up against a Slime that keeps the rules of the page.
@Suite(.timeLimit(.minutes(1))) struct LookUpTests {
    @Test("a transaction is shown with its value, its tags and its documents, as far as they are asked for")
    func transaction() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("a/B-1", extra: #","tags":["order:314159"]"#)
            let plain = try await stage.service.transaction(id, including: nil)
            #expect(plain.id == "a/B-1" && plain.tags == ["order:314159"] && plain.documents == nil)
            #expect(plain.tradeValue == ExactAmount("120").map(ProviderTotal.amount))
            #expect(abs(try #require(plain.initiatedAt).timeIntervalSinceNow) < 60)
            let ready = try await stage.makeDocument(of: id)
            let pending = try await stage.makeDocument(of: id, isReady: false)
            func ids(_ included: IncludedDocuments) async throws -> [String]? {
                try await stage.service.transaction(id, including: included).documents?.map(\.id.text)
            }
            #expect(try await ids(.readied) == [ready.id])
            #expect(try await ids(.all) == [ready.id, pending.id])
            #expect(try await ids(.latest)?.count == 1)
            #expect(!"\(plain)".contains("trading-document-interface"))
        }
    }

    @Test("what Slime does not have is absent, whichever way it is asked for")
    func absent() async throws {
        try await LookUpStage.open { stage in
            let id = try Fixture.id("NOBODY")
            let document = try #require(DocumentID("NOBODYD1"))
            let service = stage.service
            let unknown = ProvidedDocument(id: document, transactionID: id.text, sequence: 1, isReady: true)
            let failures = [
                await stage.failure { () throws(DocumentFailure) in try await service.transaction(id, including: nil) },
                await stage.failure { () throws(DocumentFailure) in try await service.document(document) },
                await stage.failure { () throws(DocumentFailure) in try await service.setTags([], of: id) },
                await stage.failure { () throws(DocumentFailure) in
                    try await service.latestPDF(of: id, atMost: 100)
                },
                await stage.failure { () throws(DocumentFailure) in
                    try await service.file(.pdf, of: unknown, atMost: 100)
                },
            ]
            #expect(failures.map { $0?.kind } == Array(repeating: .absent, count: 5))
            #expect(try await service.documents(of: id).isEmpty)
            #expect(try await service.transactions(tagged: "nobody's", including: .all).isEmpty)
        }
    }

    @Test("tags are set, and found again with the documents that are asked for")
    func tags() async throws {
        try await LookUpStage.open { stage in
            let (first, second) = (try await stage.register("A"), try await stage.register("B"))
            try await stage.service.setTags(["order:1", "ลูกค้า:7"], of: first)
            try await stage.service.setTags(["ลูกค้า:7"], of: second)
            let document = try await stage.makeDocument(of: second)
            func found(_ tag: String, _ included: IncludedDocuments?) async throws -> [ProvidedTransaction] {
                try await stage.service.transactions(tagged: tag, including: included)
            }
            #expect(try await found("order:1", nil).map(\.id) == ["A"])
            let both = try await found("ลูกค้า:7", .readied).sorted { $0.id < $1.id }
            #expect(both.map(\.id) == ["A", "B"])
            #expect(both.map { $0.documents?.map(\.id.text) } == [[], [document.id]])
            try await stage.service.setTags([], of: first)
            #expect(try await found("order:1", nil).isEmpty)
            #expect(try await stage.service.transaction(first, including: nil).tags.isEmpty)
            // Three are more than the page allows; whoever asks is told before.
            let failure = await stage.failure { () throws(DocumentFailure) in
                try await stage.service.setTags(["1", "2", "3"], of: first)
            }
            #expect(failure?.kind == .failed && failure?.failure.code == "SchemaViolation")
        }
    }

    @Test("a document is told of while it is made, and has its sizes and time once it is")
    func documents() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            #expect(try await stage.service.documents(of: id).isEmpty)
            let made = try await stage.makeDocument(of: id, isReady: false)
            let early = try #require(try await stage.service.documents(of: id).first)
            #expect(early.id.text == made.id && !early.isReady && early.readiedAt == nil)
            await stage.slime.finishDocuments()
            let late = try await stage.service.document(early.id)
            #expect(late.isReady && late.readiedAt != nil && late.transactionID == "A" && late.sequence == 1)
            #expect(late.sizes == DocumentSizes(pdf: made.pdfSize, xml: made.xmlSize))
        }
    }

    @Test("the files of a document come whole; before it is made they are not there yet")
    func files() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            let service = stage.service
            let none = await stage.failure { () throws(DocumentFailure) in
                try await service.latestPDF(of: id, atMost: 1 << 20)
            }
            #expect(none?.kind == .absent)
            let made = try await stage.makeDocument(of: id, isReady: false)
            let early = try await service.document(try #require(DocumentID(made.id)))
            for form in DocumentForm.allCases {
                let failure = await stage.failure { () throws(DocumentFailure) in
                    try await service.file(form, of: early, atMost: 1 << 20)
                }
                #expect(failure?.kind == .notYet && failure?.failure.disposition == .retry)
            }
            let pending = await stage.failure { () throws(DocumentFailure) in
                try await service.latestPDF(of: id, atMost: 1 << 20)
            }
            #expect(pending?.kind == .notYet)
            await stage.slime.finishDocuments()
            let pdf = try await service.file(.pdf, of: early, atMost: 1 << 20)
            let xml = try await service.file(.xml, of: early, atMost: 1 << 20)
            #expect(pdf.count == made.pdfSize && DocumentCheck.fault(of: pdf, as: .pdf) == nil)
            #expect(xml.count == made.xmlSize && DocumentCheck.fault(of: xml, as: .xml) == nil)
            #expect(try await service.latestPDF(of: id, atMost: 1 << 20) == pdf)
            let small = await stage.failure { () throws(DocumentFailure) in
                try await service.file(.pdf, of: early, atMost: made.pdfSize - 1)
            }
            #expect(small?.kind == .unusableFile && small?.failure.code == "File::TooLong")
        }
    }

    @Test("a size that is known from before does not refuse a file that has another one by now")
    func remade() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            let made = try await stage.makeDocument(of: id)
            let stale = ProvidedDocument(
                id: try #require(DocumentID(made.id)), transactionID: "A", sequence: 1, isReady: true,
                sizes: DocumentSizes(pdf: made.pdfSize - 7))
            #expect(try await stage.service.file(.pdf, of: stale, atMost: 1 << 20).count == made.pdfSize)
            #expect(stage.counted.all.contains("show_document success"))
        }
    }

    @Test("the stream brings every document once, page by page, and goes on after its token was refused")
    func stream() async throws {
        try await LookUpStage.open { stage in
            await stage.slime.otherStoreMakesDocuments(250)
            await stage.slime.finishDocuments()
            var request = stage.service.streamRequest(from: Date() - 3_600)
            var ids: [String] = []
            var pages = 0
            while true {
                let page = try await stage.service.documents(request)
                #expect(page.unreadable == 0)
                ids += page.documents.map(\.id.text)
                pages += 1
                request = page.next
                if page.isLast { break }
            }
            #expect(pages == 3 && ids.count == 250 && Set(ids).count == 250)

            await stage.slime.expireContinuationTokens()
            let refused = await stage.failure { () throws(DocumentFailure) in
                try await stage.service.documents(request)
            }
            #expect(refused?.kind == .tokenRefused)
            await stage.slime.otherStoreMakesDocuments()
            await stage.slime.finishDocuments()
            request = try #require(stage.service.replayRequest(for: request))
            var again: [String] = []
            while true {
                let page = try await stage.service.documents(request)
                again += page.documents.map(\.id.text)
                request = page.next
                if page.isLast { break }
            }
            #expect(Set(again).subtracting(ids).count == 1, "the new one is among them")
        }
    }

    @Test("a clock that Slime refuses is corrected for look-ups as for sales")
    func clock() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            await stage.slime.inject(.init(.clockOffset(.seconds(7_200))))
            #expect(try await stage.service.transaction(id, including: nil).id == "A")
            #expect(stage.counted.all == ["show exception", "show success"])
        }
    }

    @Test("every call is counted by one of the names that metrics begin with")
    func names() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            let document = try await stage.makeDocument(of: id)
            let provided = try await stage.service.document(try #require(DocumentID(document.id)))
            _ = try await stage.service.documents(of: id)
            _ = try await stage.service.documents(stage.service.streamRequest(from: Date()))
            for form in DocumentForm.allCases { _ = try await stage.service.file(form, of: provided, atMost: 1 << 20) }
            _ = try await stage.service.latestPDF(of: id, atMost: 1 << 20)
            _ = try await stage.service.transaction(id, including: nil)
            _ = try await stage.service.transactions(tagged: "x", including: nil)
            try await stage.service.setTags([], of: id)
            let names = stage.counted.all.map { String($0.prefix { $0 != " " }) }
            #expect(stage.counted.all.allSatisfy { $0.hasSuffix(" success") })
            #expect(Set(names).isSubset(of: SlimeService.calls))
            #expect(
                Set(SlimeService.calls).subtracting(names) == [
                    "stub", "tax_invoice", "abbreviated_tax_invoice", "receipt", "hello",
                ])
        }
    }

    @Test(
        "every exception of the page says what it means for the one who asked",
        arguments: SlimeException.Code.documented)
    func exceptions(code: SlimeException.Code) async throws {
        let kinds: [SlimeException.Code: DocumentFailure.Kind] = [
            .notFound: .absent, .documentPending: .notYet, .notReady: .notYet, .invalidContinuationToken: .tokenRefused,
        ]
        try await LookUpStage.open { stage in
            // A clock is corrected once before the refusal counts.
            await stage.slime.inject(.init(.exception(code: code.text, message: "why"), times: 2))
            let failure = await stage.failure { () throws(DocumentFailure) in
                try await stage.service.transaction(try fixtureID("A"), including: nil)
            }
            #expect(failure?.kind == kinds[code] ?? .failed)
            #expect(failure?.failure.code == code.text)
        }
    }

    private func fixtureID(_ text: String) throws(DocumentFailure) -> TransactionID {
        guard let id = TransactionID(text) else {
            throw DocumentFailure(.failed, .init(code: "Test", message: "", disposition: .reject))
        }
        return id
    }
}
