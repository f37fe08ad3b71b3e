import Foundation
import JSON
import RemoteServices
import Sales
import Simulators
import Synchronization
import Testing

@testable import Billgate

// A document whose id is on record, or that a person named.
extension BillgateServiceTests {
    @Test("an id on record is asked for before anything else, and if it is gone the list is looked through")
    func known() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            let id = try begun(await service.begin(job(event, of: service)))
            #expect(try found(await service.begin(job(event, of: service, mayHaveActed: true, remoteID: id))) == id)
            #expect(await billgate.calls().compactMap(\.operation) == [.createReceipt, .getReceiptById])
            let gone = job(event, of: service, mayHaveActed: true, remoteID: "gone")
            #expect(try found(await service.begin(gone)) == id)
            await billgate.inject(.init(.unavailable(status: 500), operation: .getReceiptById, times: 1))
            #expect(try failure(await service.begin(gone)).code == "HTTP::500")
            #expect(await billgate.documents(.receipt).count == 1)
        }
    }

    @Test("a sale keeps its number for as long as it may have been made under it")
    func numbers() async throws {
        try await withBillgate(terms: BillgateTerms(numberPrefix: "NEW-", walkIn: Fixture.walkIn)) {
            billgate, service in
            let event = try Fixture.event()
            let old = RegistrationRequest(event, under: BillgateTerms(numberPrefix: "OLD-", walkIn: Fixture.walkIn))
                .kept
            let kept = service.request(for: event, keeping: old)
            #expect(kept == old && service.request(for: event) != old)
            let invoice = service.laterInvoice(for: event)
            #expect(service.laterInvoice(for: event, keeping: invoice) == invoice)
            #expect(service.laterInvoice(for: event, keeping: old) != invoice)
            #expect(service.request(for: event, keeping: ServiceRequest(bytes: [])) == service.request(for: event))
        }
    }

    @Test("a made document that is gone is made again after two looks, even if no attempt is on record")
    func gone() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            guard case .absent = await service.begin(job(event, of: service, remoteID: "gone")) else {
                throw FixtureError()
            }
            let cleared = job(event, of: service, remoteID: "gone", search: JobSearch(absences: 2))
            _ = try begun(await service.begin(cleared))
            #expect(await billgate.documents(.receipt).count == 1)
        }
    }

    @Test(
        "a document of another sale is never printed, whoever gave its id",
        arguments: [
            ("Z", "", "number"), ("", #","buyer":\#(Fixture.citizen),"document_type":"receipt""#, "customer"),
            ("", #","receipt":{"number":"7"}"#, "name"),
        ])
    func another(id: String, more: String, difference: String) async throws {
        try await withBillgate { billgate, service in
            let line = Fixture.line("ข้าวสาร", "220", vatable: false)
            let ours = try Fixture.event(lines: [line])
            let other = try Fixture.event(ours.sale.id.text + id, lines: [line], more: more)
            let stranger = try begun(await service.begin(job(other, of: service)))
            for outcome in [
                await service.follow(job(ours, of: service, remoteID: stranger)),
                await service.begin(job(ours, of: service, mayHaveActed: true, remoteID: stranger)),
            ] {
                let failure = try failure(outcome)
                #expect((failure.code, failure.disposition) == ("Billgate::AnotherDocument", .reject))
                #expect(failure.message.contains("another \(difference)"))
            }
        }
    }

    @Test("an id that a person mistyped is told at once, unless it is the account or the way there that answers 404")
    func mistyped() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            let adopted = job(
                event, of: service, mayHaveActed: true, remoteID: "typo", search: JobSearch(isAdopted: true))
            let wrong = try failure(await service.follow(adopted))
            #expect((wrong.code, wrong.disposition) == ("Billgate::NoSuchDocument", .reject))
            #expect(wrong.message.contains("typo"))
            for status in [401, 404, 503] {
                await billgate.inject(
                    .init(.unavailable(status: status), operation: .checkBillgateAuthorization, times: 1))
                let later = try failure(await service.follow(adopted))
                #expect((later.code, later.disposition) == ("Billgate::404", .retry))
            }
            // Of one that nobody typed, the list may be late.
            let own = job(event, of: service, mayHaveActed: true, remoteID: "gone")
            guard case .absent = await service.follow(own) else { throw FixtureError() }
        }
    }
}
