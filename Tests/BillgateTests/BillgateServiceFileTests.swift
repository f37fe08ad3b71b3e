import Foundation
import JSON
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Billgate

/// What becomes of a document after its sale: it is withdrawn, its PDF is fetched, a full tax invoice follows.
@Suite(.timeLimit(.minutes(1))) struct BillgateServiceFileTests {
    private func made(
        _ event: SaleEvent, _ service: BillgateService, _ request: ServiceRequest? = nil
    ) async throws -> OwedJob {
        let request = request ?? service.request(for: event)
        guard case .begun(let id?) = await service.begin(OwedJob(key: event.sale.id.text, request: request)) else {
            throw FixtureError()
        }
        return OwedJob(key: event.sale.id.text, request: request, remoteID: id)
    }

    @Test(
        "a document is withdrawn, and one that is gone is withdrawn too", arguments: ["", #","due_on":"2026-12-20""#])
    func withdraw(more: String) async throws {
        try await withBillgate { billgate, service in
            let made = try await made(try Fixture.event(more: #","buyer":\#(Fixture.citizen)"# + more), service)
            let job = OwedJob(
                key: made.key, request: ServiceRequest(bytes: [], context: made.request.context),
                remoteID: made.remoteID)
            await billgate.inject(.init(.loseAnswerAfterActing, times: 1))
            #expect(await service.withdraw(job)?.code == "Gateway::Unanswered")
            #expect(await billgate.documents(numbered: made.key).isEmpty)
            #expect(await service.withdraw(job) == nil)
            #expect(await service.withdraw(OwedJob(key: "A", request: job.request))?.disposition == .reject)
        }
    }

    @Test("a refused withdrawal ends, and says nothing of the document")
    func refused() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.answers.quotesRequests = true
        try await withBillgate(leeway: leeway) { billgate, service in
            let job = try await made(try Fixture.event(more: #","buyer":\#(Fixture.citizen)"#), service)
            for (status, disposition) in [
                (500, ServiceFailure.Disposition.noAnswer(isServiceWide: false)), (401, .holdAccount), (403, .askProbe),
                (400, .reject), (405, .reject), (409, .reject), (422, .reject),
            ] {
                await billgate.inject(.init(.unavailable(status: status), operation: .deleteTaxInvoiceById, times: 1))
                let failure = try #require(await service.withdraw(job))
                #expect(failure.disposition == disposition && !failure.mayHaveActed)
                #expect(failure.message == "Billgate answered HTTP \(status)")
            }
        }
    }

    @Test("a document is gone only if the account is well when Billgate says so", arguments: [401, 404, 500])
    func moved(status: Int) async throws {
        try await withBillgate { billgate, service in
            let job = try await made(try Fixture.event(), service)
            await billgate.inject(.init(.unavailable(status: 404), operation: .deleteReceiptById, times: 2))
            await billgate.inject(.init(.unavailable(status: status), operation: .checkBillgateAuthorization, times: 1))
            let failure = try #require(await service.withdraw(job))
            #expect((failure.code, failure.disposition) == ("Billgate::404", .retry))
            #expect(await service.withdraw(job) == nil)
            #expect(await billgate.documents(numbered: job.key).count == 1)
        }
    }

    @Test("a PDF is fetched once it is made, and only of this very document")
    func pdf() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            let job = try await made(event, service)
            var error = await #expect(throws: DocumentFailure.self) { try await service.pdf(of: job, atMost: 1 << 20) }
            #expect(error?.kind == .notYet)
            #expect(try await !service.hasPDF(of: job))
            await billgate.advanceClock(by: .seconds(3))
            #expect(try await service.hasPDF(of: job))
            #expect(try await service.pdf(of: job, atMost: 1 << 20).starts(with: Array("%PDF-".utf8)))
            error = await #expect(throws: DocumentFailure.self) { try await service.pdf(of: job, atMost: 10) }
            #expect(error?.kind == .unusableFile)
            let other = try await made(try Fixture.event("B"), service)
            let mistaken = OwedJob(key: job.key, request: job.request, remoteID: other.remoteID)
            error = await #expect(throws: DocumentFailure.self) { try await service.pdf(of: mistaken, atMost: 1 << 20) }
            #expect(error?.failure.code == "Billgate::AnotherDocument")
            error = await #expect(throws: DocumentFailure.self) { try await service.hasPDF(of: mistaken) }
            #expect(error?.kind == .absent)
            let gone = OwedJob(key: job.key, request: job.request, remoteID: "gone")
            error = await #expect(throws: DocumentFailure.self) { try await service.pdf(of: gone, atMost: 1 << 20) }
            #expect(error?.kind == .absent)
        }
    }

    @Test("a PDF is not fetched from the network of the shop")
    func forbidden() async throws {
        var configuration = BillgateSimulator.Configuration()
        configuration.publicBase = "http://192.168.1.1"
        configuration.leeway.pdfDelay = .zero
        let simulator = BillgateSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let client = BillgateClient(
                endpoint: BillgateEndpoint(url: try await simulator.endpoint(), key: configuration.key),
                options: BillgateCallOptions(timeout: .seconds(5), connections: 4))
            let service = BillgateService(client: client, terms: Fixture.terms)
            let result: Result<DocumentFailure?, any Error>
            do {
                let job = try await made(try Fixture.event(), service)
                result = .success(
                    await #expect(throws: DocumentFailure.self) { try await service.pdf(of: job, atMost: 1 << 20) })
            } catch { result = .failure(error) }
            try await client.shutdown()
            let failure = try #require(try result.get())
            #expect(failure.kind == .unusableFile && !failure.failure.message.contains("192.168"))
        }
    }

    @Test("a full tax invoice follows a receipt under a number of its own")
    func laterInvoice() async throws {
        try await withBillgate { billgate, service in
            let sale = try Fixture.event()
            _ = try await made(sale, service)
            let event = try Fixture.event(more: #","buyer":\#(Fixture.company)"#)
            let job = try await made(event, service, service.laterInvoice(for: event))
            let document = try #require(await billgate.documents(.taxInvoice).first)
            #expect(document.number == "\(sale.sale.id.text).T" && document.customerID != nil)
            guard case .done(.link(_, .amount(let total)?, true)) = await service.follow(job) else {
                throw FixtureError()
            }
            #expect(total == ExactAmount(sale.sale.totals.total))
            #expect(await billgate.documents(.receipt).count == 1)
        }
    }
}
