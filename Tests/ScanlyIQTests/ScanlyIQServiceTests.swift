import Foundation
import RemoteServices
import Sales
import Simulators
import Testing

@testable import ScanlyIQ

@Suite(.timeLimit(.minutes(1))) struct ScanlyIQServiceTests {
    private func body(_ call: ScanlyIQSimulator.Call?) -> String { String(decoding: call?.body ?? [], as: UTF8.self) }

    @Test("a slip of each kind is uploaded under a neutral name, read once, and charged", arguments: SlipMedia.allCases)
    func read(media: SlipMedia) async throws {
        try await withScanlyIQ({ $0.images = { _ in Fixture.bytes(media) } }) { stand async throws in
            let id = try await stand.create(media)
            let (reading, credits, polls) = try await stand.reading(of: id)
            #expect(
                reading
                    == SlipReading(
                        amount: "1500.00", date: "2026-03-18", bank: "กสิกรไทย", fromAccount: "xxx-x-x1234-x",
                        toAccount: "xxx-x-x5678-x"))
            #expect(credits == 2 && polls == 2)
            let upload = try #require(await stand.simulator.keptUploads().first)
            #expect(upload.fileName == "slip.\(media.fileExtension)")
            #expect(upload.digest == ScanlyIQSimulator.digest(of: Fixture.bytes(media)))
            let call = await stand.simulator.calls().first { $0.operation == .createJob }
            #expect(body(call) == #"{"uploadIds":["\#(upload.id)"],"modelId":"clx2flash","documentType":"slip"}"#)
            #expect(await stand.simulator.credits == 998)
            #expect(stand.service.credits.charged == 2)
        }
    }

    @Test(
        "what a slip shows comes as it was written",
        arguments: [
            (SlipScript(amount: "120.005"), SlipReading(amount: "120.005", date: "2026-03-18")),
            (
                SlipScript(amount: #""1,500.00""#, date: "2569-03-18"),
                SlipReading(amount: "1,500.00", date: "2569-03-18")
            ),
            (SlipScript(amount: "null", date: nil), SlipReading()),
            (SlipScript(amount: nil, date: "18/03/69"), SlipReading(date: "18/03/69")),
        ])
    func asWritten(script: SlipScript, reading: SlipReading) async throws {
        try await withScanlyIQ { stand async throws in
            await stand.simulator.script(script, for: ScanlyIQSimulator.digest(of: Fixture.jpeg))
            let (found, _, _) = try await stand.reading(of: try await stand.create())
            #expect(found.amount == reading.amount && found.date == reading.date && found.bank == "กสิกรไทย")
        }
    }

    @Test("without a result there is an empty reading, and it is charged all the same")
    func unreadable() async throws {
        var scripts = [try SlipScript(result: "null"), try SlipScript(result: nil), .usual, .usual]
        scripts[2].itemStatus = "FAILED"
        scripts[3].jobStatus = "FAILED"
        try await withScanlyIQ { [scripts] stand async throws in
            for script in scripts {
                await stand.simulator.script(script)
                let (found, credits, _) = try await stand.reading(of: try await stand.create())
                #expect(found == SlipReading() && credits == 2)
            }
        }
    }

    @Test("a result of another number of slips is asked for again, until it is given up", arguments: [0, 2])
    func otherItems(items: Int) async throws {
        var script = SlipScript.usual
        (script.items, script.pendingPolls) = (items, 0)
        try await withScanlyIQ { [script] stand async throws in
            await stand.simulator.script(script)
            let id = try await stand.create()
            let first = try stand.absence(await stand.service.follow(stand.job(remoteID: id)))
            #expect(first.code == "Gateway::Unintelligible" && first.retryAfter == .seconds(1))
            let last = try stand.failure(
                await stand.service.follow(stand.job(search: JobSearch(absences: 40), remoteID: id)))
            #expect((last.code, last.disposition) == ("ScanlyIQ::NoResult", .reject))
        }
    }

    @Test("a job that does not end is given up, and its pauses grow")
    func pending() async throws {
        var script = SlipScript.usual
        script.pendingPolls = 1_000
        try await withScanlyIQ { [script] stand async throws in
            await stand.simulator.script(script)
            let id = try await stand.create()
            for (absences, seconds) in [(0, 1), (1, 2), (2, 3), (3, 5), (25, 5), (26, 60)] {
                let pause = try stand.absence(
                    await stand.service.follow(stand.job(search: JobSearch(absences: absences), remoteID: id)))
                #expect(pause.code == "ScanlyIQ::Pending" && pause.retryAfter == .seconds(seconds))
            }
            let last = try stand.failure(
                await stand.service.follow(stand.job(search: JobSearch(absences: 34), remoteID: id)))
            #expect((last.code, last.disposition) == ("ScanlyIQ::NoResult", .reject))
        }
    }

    @Test(
        "a job whose answers say nothing is asked for at the same pace, and is given up as well",
        arguments: [.unavailable(status: 503), .garbage, .unavailable(status: 408), .truncated]
            as [ScanlyIQSimulator.Fault.Kind])
    func unanswered(fault: ScanlyIQSimulator.Fault.Kind) async throws {
        try await withScanlyIQ { stand async throws in
            let id = try await stand.create()
            await stand.simulator.inject(.init(fault, operation: .showJob))
            for (absences, seconds) in [(0, 1), (3, 5), (26, 60)] {
                let failure = try stand.failure(
                    await stand.service.follow(stand.job(search: JobSearch(absences: absences), remoteID: id)))
                #expect(failure.disposition == .noAnswer(isServiceWide: false))
                #expect(failure.retryAfter == .seconds(seconds))
            }
            let last = try stand.failure(
                await stand.service.follow(stand.job(search: JobSearch(absences: 34), remoteID: id)))
            #expect((last.code, last.disposition, last.isOwn) == ("ScanlyIQ::NoResult", .reject, true))
        }
    }

    @Test("a job that could not be asked for is not given up")
    func unreachable() async throws {
        let client = ScanlyIQClient(
            endpoint: ScanlyIQEndpoint(url: "http://127.0.0.1:1", key: "k"),
            options: ScanlyIQCallOptions(timeout: .seconds(5), connections: 1))
        let service = ScanlyIQService(client: client, images: { _ in [] })
        let job = OwedJob(
            kind: .slip, key: "x", request: ServiceRequest(bytes: []), search: JobSearch(absences: 34), remoteID: "j")
        let outcome = await service.follow(job)
        try await client.shutdown()
        guard case .failed(let failure) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        #expect(failure.disposition == .noAnswer(isServiceWide: true) && failure.retryAfter == .seconds(60))
    }

    @Test("an image that is gone ends the slip; one that cannot be read now does not, and its error is not repeated")
    func images() async throws {
        struct Unread: Error { let path = "/var/lib/secret" }
        try await withScanlyIQ({ $0.images = { _ in throw SlipImageMissing() } }) { stand async throws in
            let failure = try stand.failure(await stand.service.begin(stand.job()))
            #expect((failure.code, failure.disposition) == ("Gateway::ImageGone", .reject))
        }
        try await withScanlyIQ({ $0.images = { _ in throw Unread() } }) { stand async throws in
            let failure = try stand.failure(await stand.service.begin(stand.job()))
            #expect((failure.code, failure.disposition) == ("Gateway::ImageUnreadable", .retrySeldom))
            #expect(!failure.message.contains("secret"))
            #expect(await stand.simulator.totals.calls == 0)
        }
    }

    @Test("an image that ScanlyIQ does not take is refused, and nothing is charged")
    func refusedImage() async throws {
        try await withScanlyIQ({ $0.images = { _ in Array("<html>".utf8) } }) { stand async throws in
            let failure = try stand.failure(await stand.service.begin(stand.job()))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::400", .reject))
            #expect(await stand.simulator.totals.jobs == 0)
        }
    }

    @Test("a request that says nothing is refused, and a job without an id as well")
    func invalid() async throws {
        try await withScanlyIQ { stand async throws in
            let empty = OwedJob(kind: .slip, key: "x", request: ServiceRequest(bytes: []))
            #expect(try stand.failure(await stand.service.begin(empty)).code == "Gateway::InvalidContext")
            let failure = try stand.failure(await stand.service.follow(stand.job()))
            #expect((failure.code, failure.disposition) == ("Gateway::NoJobID", .reject))
        }
    }

    @Test("the gateway never comes near the page's limits, and who has to wait is told how long")
    func limits() async throws {
        try await withScanlyIQ { stand async throws in
            let outcomes = await withTaskGroup(of: StepOutcome.self) { group in
                for _ in 0..<40 { group.addTask { await stand.service.begin(stand.job()) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { if case .prepared = $0 { true } else { false } } == 18)
            for case .failed(let failure) in outcomes {
                #expect(failure.code == "Gateway::CallLimit" && failure.disposition == .retry && failure.isOwn)
                #expect(failure.retryAfter.map { $0 > .zero } == true)
            }
            // Once the others have ended, it is known when the first place is free.
            let wait = try stand.failure(await stand.service.begin(stand.job())).retryAfter
            #expect(wait.map { $0 > .seconds(30) && $0 <= .seconds(60) } == true)
            #expect(await stand.simulator.totals.mostUploads == 18)
            #expect(await stand.simulator.totals.tooMany == 0)
            // The other group has its own places.
            #expect(await stand.service.probe() == nil)
        }
    }

    @Test("after a 429 nothing more of its group is sent", arguments: [nil, Duration.seconds(7)])
    func tooMany(retryAfter: Duration?) async throws {
        try await withScanlyIQ { stand async throws in
            await stand.simulator.inject(
                .init(.unavailable(status: 429, retryAfter: retryAfter), operation: .upload, times: 1))
            let refused = try stand.failure(await stand.service.begin(stand.job()))
            #expect((refused.code, refused.disposition) == ("ScanlyIQ::429", .retry))
            let waiting = try stand.failure(await stand.service.begin(stand.job()))
            #expect(waiting.code == "Gateway::CallLimit")
            let wait = try #require(waiting.retryAfter)
            let most = retryAfter ?? .seconds(60)
            #expect(wait <= most && wait > most - .seconds(5))
            #expect(await stand.simulator.totals.calls == 1)
        }
    }
}
