import Foundation
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Slime

@Suite(.timeLimit(.minutes(1))) struct SlimeServiceTests {
    private static let clock = ServiceClock(shown: { Date() }, counted: { Date() })
    private static let buyer = """
        ,"buyer":{"name":"สมชาย ใจดี","national_id":"1111111111119",\
        "address":{"house_number":"1","tambon_id":"103301","post_code":"10110"}}
        """

    private func job(_ event: SaleEvent, of service: SlimeService) -> OwedJob {
        OwedJob(key: event.sale.id.text, request: service.request(for: event))
    }

    @Test("it tells repeats, so nothing is looked for before it is made again")
    func abilities() async throws {
        try await withSlime { _, client in
            let service: any SaleProvider = SlimeService(client: client, clock: Self.clock)
            #expect(service.abilities.can(.tellsRepeats) && service.settling == nil)
            #expect(service.abilities.linkOffers == .fullInvoice)
            #expect(service is any DocumentProvider == service.abilities.can(.streamsDocuments))
        }
    }

    @Test("each document has a call of its own, also when its request comes back from the disk")
    func subjects() async throws {
        try await withSlime { slime, client in
            let service = SlimeService(client: client, clock: Self.clock)
            for type in DocumentType.allCases {
                var text = Fixture.text("A-\(type.rawValue.count)", extra: type.namesBuyer ? Self.buyer : "")
                if !type.hasVAT { text = text.replacing(#""vatable":true"#, with: #""vatable":false"#) }
                text = text.replacing(#""terminal_id""#, with: #""document_type":"\#(type.rawValue)","terminal_id""#)
                _ = await service.begin(job(try Fixture.event(text: text), of: service))
                #expect(await slime.calls().last?.subject == SlimeSubject(initiating: type).rawValue)
            }
        }
    }

    @Test("a request of which nobody knows what it asks for is sent nowhere")
    func unreadableContext() async throws {
        try await withSlime { slime, client in
            let service = SlimeService(client: client, clock: Self.clock)
            let outcome = await service.begin(
                OwedJob(key: "A", request: ServiceRequest(bytes: Array("{}".utf8), context: "invoice")))
            guard case .failed(let failure) = outcome else { throw FixtureError() }
            #expect((failure.code, failure.disposition) == ("Gateway::InvalidContext", .reject))
            #expect(await slime.calls().isEmpty)
        }
    }

    @Test("a refusal says nothing of the buyer, and one of a sale without a buyer keeps its words")
    func refusals() async throws {
        try await withSlime { slime, client in
            let service = SlimeService(client: client, clock: Self.clock)
            for (extra, isKept) in [(Self.buyer, false), ("", true)] {
                await slime.inject(.init(.exception(code: "SchemaViolation", message: "สมชาย ใจดี"), times: 1))
                let outcome = await service.begin(job(try Fixture.event("A", extra: extra), of: service))
                guard case .failed(let failure) = outcome else { throw FixtureError() }
                #expect(failure.message.contains("สมชาย ใจดี") == isKept)
                #expect(failure.disposition == .reject)
            }
        }
    }

    @Test("calls are counted under one name for each subject and one for files, and there are no others")
    func metrics() {
        #expect(
            Set(SlimeService.calls) == [
                "hello", "stub", "tax_invoice", "abbreviated_tax_invoice", "receipt", "show", "latest_pdf", "set_tags",
                "list_by_tag", "show_document", "list_documents", "download_pdf", "download_xml", "stream", "file",
            ])
        #expect(SlimeService.calls.count == 15)
    }
}
