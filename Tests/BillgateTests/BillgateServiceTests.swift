import Foundation
import JSON
import RemoteServices
import Sales
import Simulators
import Synchronization
import Testing

@testable import Billgate

/// A simulated Billgate that listens, and a service that is set up for it.
func withBillgate<Value: Sendable>(
    terms: BillgateTerms = Fixture.terms, leeway: BillgateSimulator.Leeway = .init(), timeout: Duration = .seconds(10),
    _ body: (BillgateSimulator, BillgateService) async throws -> Value
) async throws -> Value {
    var configuration = BillgateSimulator.Configuration()
    configuration.leeway = leeway
    let simulator = BillgateSimulator(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        let client = BillgateClient(
            endpoint: BillgateEndpoint(url: try await simulator.endpoint(), key: configuration.key),
            options: BillgateCallOptions(timeout: timeout, connections: 4))
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(simulator, BillgateService(client: client, terms: terms)))
        } catch { result = .failure(error) }
        // A client that is dropped without it ends the whole test run.
        try await client.shutdown()
        return try result.get()
    }
}

@Suite(.timeLimit(.minutes(1))) struct BillgateServiceTests {
    typealias Kind = BillgateSimulator.Document.Kind

    func job(
        _ event: SaleEvent, of service: BillgateService, mayHaveActed: Bool = false, remoteID: String? = nil,
        search: JobSearch = JobSearch()
    ) -> OwedJob {
        OwedJob(
            key: event.sale.id.text, request: service.request(for: event), mayHaveActed: mayHaveActed, search: search,
            remoteID: remoteID)
    }

    func begun(_ outcome: StepOutcome) throws -> String {
        guard case .begun(let id?) = outcome else {
            Issue.record("expected a document, found \(outcome)")
            throw FixtureError()
        }
        return id
    }

    func found(_ outcome: StepOutcome) throws -> String {
        guard case .found(let id?) = outcome else {
            Issue.record("expected a document that is there, found \(outcome)")
            throw FixtureError()
        }
        return id
    }

    func failure(_ outcome: StepOutcome) throws -> ServiceFailure {
        guard case .failed(let failure) = outcome else {
            Issue.record("expected a failure, found \(outcome)")
            throw FixtureError()
        }
        return failure
    }

    @Test(
        "each kind of document is made by its call and comes back with its link and its total",
        arguments: [
            ("", Kind.receipt), (#","buyer":\#(Fixture.citizen)"#, .taxInvoice),
            (#","buyer":\#(Fixture.foreigner)"#, .taxInvoice), (#","buyer":\#(Fixture.company)"#, .taxInvoice),
            (#","buyer":\#(Fixture.company),"due_on":"2026-12-20""#, .invoice),
        ])
    func everyKind(more: String, kind: Kind) async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event(
                lines: [
                    Fixture.line("ข้าวโพดปิ้ง", "15.00", "8"), Fixture.line("ข้าวสาร", "220.25", vatable: false),
                    Fixture.line("ส่วนลด", "-20.55"), Fixture.line("น้ำ", "7"), Fixture.line("น้ำ", "7.0"),
                ], more: more)
            #expect(service.faults(of: event) == [])
            let id = try begun(await service.begin(job(event, of: service)))
            let document = try #require(await billgate.document(kind, id))
            #expect(document.number == event.sale.id.text && document.issueDate == "2026-11-20")
            guard
                case .done(.link(let link, let total, true)) = await service.follow(
                    job(event, of: service, remoteID: id))
            else { throw FixtureError() }
            #expect(link == (try await billgate.endpoint()) + document.linkPath)
            #expect(PrintableLink.fault(of: link) == nil && link.utf8.count <= service.longestLink.utf8.count)
            #expect(total == .amount(ExactAmount(event.sale.totals.total)))
        }
    }

    @Test(
        "the document of an attempt without an answer is found, in whatever order lists are",
        arguments: BillgateSimulator.Leeway.ListOrder.allCases.filter { $0 != .unstable },
        ["", #","buyer":\#(Fixture.citizen)"#])
    func found(order: BillgateSimulator.Leeway.ListOrder, more: String) async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.listOrder = order
        try await withBillgate(leeway: leeway, timeout: .seconds(2)) { billgate, service in
            let kind: Kind = more.isEmpty ? .receipt : .taxInvoice
            await billgate.addForeignDocuments(150, kind: kind)
            await billgate.inject(.init(.loseAnswerAfterActing, times: 1))
            let event = try Fixture.event(more: more)
            let lost = try failure(await service.begin(job(event, of: service)))
            #expect(lost.mayHaveActed && lost.code == "Gateway::Unanswered")
            await billgate.addForeignDocuments(150, kind: kind)
            let id = try found(await service.begin(job(event, of: service, mayHaveActed: true)))
            #expect(await billgate.documents(numbered: event.sale.id.text).map(\.id) == [id])
        }
    }

    @Test("what is not in the list is looked for twice, and then made again")
    func absent() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            for absences in 0...1 {
                let outcome = await service.begin(
                    job(event, of: service, mayHaveActed: true, search: JobSearch(absences: absences)))
                guard case .absent(let failure) = outcome else { throw FixtureError() }
                #expect(failure.retryAfter == (absences == 0 ? .seconds(60) : nil))
            }
            #expect(await billgate.documents(.receipt).isEmpty)
            _ = try begun(
                await service.begin(job(event, of: service, mayHaveActed: true, search: JobSearch(absences: 2))))
            #expect(await billgate.documents(.receipt).count == 1)
        }
    }

    @Test("a document that may stand in a list without an order is nobody's until a person says so")
    func unknown() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.listOrder = .shuffled
        try await withBillgate(terms: BillgateTerms(walkIn: Fixture.walkIn, lookUpPages: 2), leeway: leeway) {
            billgate, service in
            await billgate.addForeignDocuments(1_000)
            let found = try failure(await service.begin(job(try Fixture.event(), of: service, mayHaveActed: true)))
            #expect((found.code, found.disposition) == ("Gateway::OutcomeUnknown", .reject))
            #expect(await billgate.documentsByNumber(.receipt).isEmpty)
        }
    }

    @Test(
        "a list of bills is narrowed to the day of issue and those beside it, by whatever clock it is read",
        arguments: BillgateSimulator.Leeway.Lists.Zone.allCases)
    func bills(zone: BillgateSimulator.Leeway.Lists.Zone) async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.lists.zone = zone
        try await withBillgate(leeway: leeway, timeout: .seconds(2)) { billgate, service in
            let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen),"due_on":"2026-12-20""#)
            let id = try begun(await service.begin(job(event, of: service)))
            #expect(try found(await service.begin(job(event, of: service, mayHaveActed: true))) == id)
            let target = try #require(await billgate.calls().last).target
            #expect(target.contains("start=2026-11-19%2000%3A00%3A00&end=2026-11-21%2023%3A59%3A59"))
        }
    }

    @Test("a number that is taken is ours if an attempt of ours may have taken it, and otherwise somebody else's")
    func taken() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.takenNumber = .conflict
        try await withBillgate(leeway: leeway) { billgate, service in
            let event = try Fixture.event()
            let id = try begun(await service.begin(job(event, of: service)))
            let stranger = try failure(await service.begin(job(event, of: service)))
            #expect(stranger.disposition == .alreadyActed && stranger.message.contains(id))
            let cleared = job(event, of: service, mayHaveActed: true, search: JobSearch(absences: 2))
            #expect(try found(await service.begin(cleared)) == id)
            #expect(await billgate.documents(.receipt).count == 1)
        }
    }

    @Test("a number that is taken and not listed is looked for again if it may be ours, and otherwise refused")
    func takenAndLate() async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.takenNumber, leeway.listLag) = (.conflict, .seconds(100))
        try await withBillgate(leeway: leeway) { billgate, service in
            let event = try Fixture.event()
            let id = try begun(await service.begin(job(event, of: service)))
            let cleared = job(event, of: service, mayHaveActed: true, search: JobSearch(absences: 2))
            guard case .unlisted(let late) = await service.begin(cleared) else { throw FixtureError() }
            #expect(late.retryAfter == .seconds(60))
            #expect(try failure(await service.begin(job(event, of: service))).disposition == .reject)
            await billgate.advanceClock(by: .seconds(101))
            #expect(try found(await service.begin(cleared)) == id)
            #expect(await billgate.madeByNumber(.receipt) == [event.sale.id.text: 1])
        }
    }

    @Test("a total that differs is said, and not looked for elsewhere")
    func total() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            let id = try begun(await service.begin(job(event, of: service)))
            for (value, total) in [("1.2001E2", "120.01"), ("1.2E2", "120.00")] {
                await billgate.inject(.init(.total(value), times: 1))
                let outcome = await service.follow(job(event, of: service, remoteID: id))
                guard case .done(.link(_, .amount(let amount)?, true)) = outcome else { throw FixtureError() }
                #expect(amount.plain == total)
            }
            await billgate.inject(.init(.total("120.01"), operation: .listReceipts, times: 1))
            let found = try failure(await service.begin(job(event, of: service, mayHaveActed: true)))
            #expect(found.code == "Gateway::OutcomeUnknown" && found.message.contains("another total"))
        }
    }

    @Test("a buyer's branch has one record, whatever becomes of calls and lists, and it stays as it is")
    func customers() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.customerListLag = .seconds(15)
        leeway.answers.persons = .record
        try await withBillgate(leeway: leeway, timeout: .seconds(2)) { billgate, service in
            let event = try Fixture.event("A", more: #","buyer":\#(Fixture.company)"#)
            let id = try begun(await service.begin(job(event, of: service)))
            let customer = try #require(await billgate.document(.taxInvoice, id)?.customerID)
            let renamed = Fixture.company.replacing("ตัวอย่าง", with: "เปลี่ยนชื่อ")
            let next = try Fixture.event("B", more: #","buyer":\#(renamed)"#)
            let second = try begun(await service.begin(job(next, of: service)))
            #expect(await billgate.document(.taxInvoice, second)?.customerID == customer)
            #expect(await billgate.customersByCode() == ["KK-0105561000003-00001": 1])
            #expect(await billgate.calls().allSatisfy { $0.operation != .updateCustomerById })
            guard case .done = await service.follow(job(next, of: service, remoteID: second)) else {
                throw FixtureError()
            }
        }
    }

    @Test("a document without a link is asked for again, and one that is gone is absent")
    func noLink() async throws {
        try await withBillgate { billgate, service in
            let event = try Fixture.event()
            let id = try begun(await service.begin(job(event, of: service)))
            await billgate.inject(.init(.shareableURL(nil), times: 1))
            guard case .notYet(let failure) = await service.follow(job(event, of: service, remoteID: id)) else {
                throw FixtureError()
            }
            #expect(failure.code == "Gateway::NoServiceURL")
            guard case .absent(let gone) = await service.follow(job(event, of: service, remoteID: "none")) else {
                throw FixtureError()
            }
            #expect(gone.code == "Billgate::404" && gone.retryAfter != nil)
            let unnamed = try self.failure(await service.follow(job(event, of: service)))
            #expect(unnamed.disposition == .reject)
        }
    }

    @Test("a refused account is the probe's word, and an owed bill is only a sale's")
    func account() async throws {
        try await withBillgate { billgate, service in
            #expect(await service.probe() == nil)
            for status in [401, 402, 403] {
                var leeway = BillgateSimulator.Leeway()
                leeway.accountStatus = status
                try await billgate.setLeeway(leeway)
                let refused = try failure(await service.begin(job(try Fixture.event(), of: service)))
                #expect((refused.code, refused.disposition) == ("Billgate::\(status)", .holdAccount))
                #expect(
                    await service.probe() == nil
                        ? !service.probeReveals(refused.code) : service.probeReveals(refused.code))
            }
        }
    }

    @Test("a refusal says nothing of the buyer, and one of a walk-in sale keeps its words")
    func refusals() async throws {
        try await withBillgate { billgate, service in
            for (more, isKept) in [(#","buyer":\#(Fixture.citizen)"#, false), ("", true)] {
                await billgate.inject(.init(.refusal(status: 422, body: #"{"m":"สมชาย หมายปอง"}"#), times: 1))
                let refused = try failure(await service.begin(job(try Fixture.event(more: more), of: service)))
                #expect(refused.disposition == .rejectUnexplained && !refused.mayHaveActed)
                #expect(refused.message.contains("สมชาย หมายปอง") == isKept)
            }
        }
    }

    @Test("nor does an error about a document that is there")
    func quoted() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.answers.quotesRequests = true
        try await withBillgate(leeway: leeway) { billgate, service in
            let buyer = Fixture.citizen.replacing("สมชาย หมายปอง", with: "Somchai Maipong")
            let event = try Fixture.event(more: #","buyer":\#(buyer)"#)
            let id = try begun(await service.begin(job(event, of: service)))
            for status in [404, 500] {
                await billgate.inject(.init(.unavailable(status: status), operation: .getTaxInvoiceById, times: 2))
                let outcomes = [
                    await service.follow(job(event, of: service, remoteID: id)),
                    await service.begin(job(event, of: service, mayHaveActed: true, remoteID: id)),
                ]
                for outcome in outcomes { #expect(!"\(outcome)".contains("Somchai"), "\(outcome)") }
            }
        }
    }

    @Test("without a context that is known, nothing is sent")
    func invalidContext() async throws {
        try await withBillgate { billgate, service in
            let request = ServiceRequest(bytes: service.request(for: try Fixture.event()).bytes, context: "bill")
            let refused = try failure(await service.begin(OwedJob(key: "A", request: request)))
            #expect((refused.code, refused.disposition) == ("Gateway::InvalidContext", .reject))
            #expect(await billgate.calls().isEmpty)
        }
    }

    @Test("calls are counted under one name each, and there are no others")
    func metrics() async throws {
        #expect(Set(BillgateService.calls).count == BillgateService.calls.count)
        let counted = Mutex<[String]>([])
        try await withBillgate { billgate, plain in
            let service = BillgateService(
                client: plain.client, terms: plain.terms,
                observer: ServiceObserver(called: { call, failure in
                    counted.withLock { $0.append("\(call) \(failure ?? "ok")") }
                }))
            await billgate.inject(.init(.garbage, operation: .createReceipt, times: 1))
            let event = try Fixture.event()
            _ = await service.begin(job(event, of: service))
            _ = await service.begin(job(event, of: service, mayHaveActed: true))
            _ = await service.probe()
        }
        #expect(counted.withLock(\.self) == ["create_receipt unintelligible", "list_receipts ok", "authorized ok"])
    }
}
