import RemoteServices
import Sales
import Simulators
import Testing

@testable import ScanlyIQ

/// What is made again, and what is not: each job is charged.
@Suite(.timeLimit(.minutes(1))) struct ScanlyIQRepeatTests {
    private static let lost = ScanlyIQSimulator.Fault(.loseAnswerAfterActing, operation: .createJob, times: 1)

    @Test("a job whose end is not known is made once more, and never a third time")
    func unknownEnd() async throws {
        try await withScanlyIQ { stand async throws in
            let upload = try await stand.upload()
            await stand.simulator.inject(Self.lost)
            let lost = try stand.failure(await stand.service.begin(stand.job(remoteID: upload)))
            #expect(lost.mayHaveActed && lost.disposition == .noAnswer(isServiceWide: false))
            for (absences, seconds) in [(0, 5), (1, 20)] {
                let look = try stand.absence(
                    await stand.service.begin(
                        stand.job(mayHaveActed: true, search: JobSearch(absences: absences), remoteID: upload)))
                #expect(look.code == "ScanlyIQ::Repeated" && look.retryAfter == .seconds(seconds))
            }
            #expect(await stand.simulator.totals.jobs == 1)
            _ = try stand.begun(
                await stand.service.begin(
                    stand.job(mayHaveActed: true, search: JobSearch(absences: 2), remoteID: upload)))
            #expect(await stand.simulator.totals.jobs == 2)
            for absences in [0, 2] {
                let last = try stand.failure(
                    await stand.service.begin(
                        stand.job(
                            mayHaveActed: true, search: JobSearch(absences: absences, repeats: 1), remoteID: upload)))
                #expect((last.code, last.disposition) == ("Gateway::OutcomeUnknown", .reject))
            }
            #expect(await stand.simulator.totals.jobs == 2)
        }
    }

    @Test("an upload whose end is not known is simply made again: nothing is charged for it")
    func upload() async throws {
        try await withScanlyIQ { stand async throws in
            await stand.simulator.inject(.init(.loseAnswerAfterActing, operation: .upload, times: 1))
            let lost = try stand.failure(await stand.service.begin(stand.job()))
            #expect(!lost.mayHaveActed && lost.disposition == .noAnswer(isServiceWide: false))
            let again = stand.job(mayHaveActed: true, search: JobSearch(repeats: 1))
            guard case .prepared = await stand.service.begin(again) else { throw FixtureError() }
            #expect(await stand.simulator.totals.uploads == 2)
            #expect(await stand.simulator.totals.jobs == 0)
        }
    }

    @Test("the one repeat is not spent on a service that does not answer, or that refuses the account")
    func beforeRepeat() async throws {
        try await withScanlyIQ { stand async throws in
            let upload = try await stand.upload()
            let owed = stand.job(mayHaveActed: true, remoteID: upload)
            for (status, code) in [(503, "HTTP::503"), (401, "ScanlyIQ::401")] {
                await stand.simulator.inject(.init(.unavailable(status: status), times: 1))
                let failure = try stand.failure(await stand.service.begin(owed))
                #expect(failure.code == code && !failure.mayHaveActed)
            }
            #expect(try stand.absence(await stand.service.begin(owed)).code == "ScanlyIQ::Repeated")
        }
    }

    @Test("a job that is gone is made again once; a new one gets some time to show")
    func lostJob() async throws {
        try await withScanlyIQ { stand async throws in
            let id = try await stand.create()
            await stand.simulator.forgetJobs()
            for (absences, seconds) in [(0, 1), (1, 2), (2, 3)] {
                let wait = try stand.absence(
                    await stand.service.follow(stand.job(search: JobSearch(absences: absences), remoteID: id)))
                #expect(wait.code == "ScanlyIQ::404" && wait.retryAfter == .seconds(seconds))
            }
            let owed = stand.job(search: JobSearch(absences: 3), remoteID: id)
            guard case .lost(let lost, _) = await stand.service.follow(owed) else { throw FixtureError() }
            #expect(lost.code == "ScanlyIQ::404")
            let last = try stand.failure(
                await stand.service.follow(stand.job(search: JobSearch(absences: 3, repeats: 1), remoteID: id)))
            #expect((last.code, last.disposition) == ("ScanlyIQ::404", .reject))
        }
    }

    @Test("a job that shows late is not made again")
    func lateJob() async throws {
        try await withScanlyIQ { stand async throws in
            try await stand.allow { $0.jobLag = .seconds(4) }
            let id = try await stand.create()
            _ = try stand.absence(await stand.service.follow(stand.job(remoteID: id)))
            await stand.simulator.advanceClock(by: .seconds(4))
            #expect(try await stand.reading(of: id).reading.amount == "1500.00")
        }
    }

    @Test("who answers 404 to everything is no ScanlyIQ: no job is made again for that")
    func notFound() async throws {
        try await withScanlyIQ { stand async throws in
            let id = try await stand.create()
            await stand.simulator.inject(.init(.unavailable(status: 404), times: 2))
            let owed = stand.job(search: JobSearch(absences: 3), remoteID: id)
            let failure = try stand.failure(await stand.service.follow(owed))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::404", .holdAccount))
        }
    }

    @Test("an upload that is too old is made again once", arguments: [400, 404])
    func oldUpload(status: Int) async throws {
        try await withTwoServices { stand, restarted async throws in
            try await stand.allow {
                $0.uploadLife = .seconds(60)
                $0.oldUploadStatus = status
            }
            let upload = try await stand.upload()
            await stand.simulator.advanceClock(by: .seconds(60))
            guard case .lost = await restarted.service.begin(stand.job(remoteID: upload)) else { throw FixtureError() }
            let owed = stand.job(search: JobSearch(repeats: 1), remoteID: upload)
            let last = try stand.failure(await restarted.service.begin(owed))
            #expect((last.code, last.disposition) == ("ScanlyIQ::\(status)", .rejectUnexplained))
            #expect(await stand.simulator.totals.jobs == 0)
        }
    }

    @Test("a 400 to the job of a new upload is about the image, or about every job", arguments: [400, 422])
    func refusedJob(status: Int) async throws {
        try await withScanlyIQ { stand async throws in
            let upload = try await stand.upload()
            await stand.simulator.inject(.init(.refusal(status: status, body: "{}"), operation: .createJob, times: 1))
            let failure = try stand.failure(await stand.service.begin(stand.job(remoteID: upload)))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::\(status)", .rejectUnexplained))
            // Another job, and no question, shows that it is corrected.
            #expect(!stand.service.probeReveals(failure.code))
        }
    }

    @Test("a job that is refused since its model is gone is tried again with another one", arguments: [400, 404])
    func retiredModel(status: Int) async throws {
        try await withScanlyIQ { stand async throws in
            _ = try await stand.create()
            let others = #"{"models":[{"id":"clx3","name":"New","type":"VISION","creditsPerUnit":1}]}"#
            await stand.simulator.inject(.init(.otherAnswer(status: 200, body: others), operation: .models, times: 1))
            await stand.simulator.inject(.init(.refusal(status: status, body: "{}"), operation: .createJob, times: 1))
            let owed = stand.job(remoteID: try await stand.upload())
            let failure = try stand.failure(await stand.service.begin(owed))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::\(status)", .retry))
            #expect(!failure.mayHaveActed)
            _ = await stand.service.begin(owed)
            let last = await stand.simulator.calls().last { $0.operation == .createJob }
            let body = String(decoding: last?.body ?? [], as: UTF8.self)
            #expect(body.contains(#""modelId":"clx3""#))
        }
    }

    @Test("a job that was made and has no id holds the account: each further one is charged as well")
    func noID() async throws {
        try await withScanlyIQ { stand async throws in
            let owed = stand.job(remoteID: try await stand.upload())
            await stand.simulator.inject(
                .init(.otherAnswer(status: 201, body: #"{"job":"x"}"#), operation: .createJob, times: 1))
            let failure = try stand.failure(await stand.service.begin(owed))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::NoJobID", .holdAccount))
            #expect(failure.mayHaveActed && stand.service.probeReveals(failure.code))
            #expect(await stand.service.probe() == failure)
            // Somebody has it tried once more.
            _ = try await stand.create()
            #expect(await stand.service.probe() == nil)
        }
    }

    @Test("an id may be a number")
    func numbers() async throws {
        try await withScanlyIQ { stand async throws in
            let owed = stand.job(remoteID: try await stand.upload())
            await stand.simulator.inject(
                .init(
                    .otherAnswer(status: 200, body: #"{"jobId":7712,"creditsCharged":2}"#), operation: .createJob,
                    times: 1))
            #expect(try stand.begun(await stand.service.begin(owed)) == "7712")
        }
    }

    @Test("an upload that serves once is made again for the repeat, and not a third time")
    func servesOnce() async throws {
        try await withScanlyIQ { stand async throws in
            try await stand.allow { $0.uploadsServeOnce = true }
            let upload = try await stand.upload()
            await stand.simulator.inject(Self.lost)
            _ = await stand.service.begin(stand.job(remoteID: upload))
            let owed = stand.job(mayHaveActed: true, search: JobSearch(absences: 2), remoteID: upload)
            guard case .lost = await stand.service.begin(owed) else { throw FixtureError() }
            _ = try stand.begun(
                await stand.service.begin(
                    stand.job(search: JobSearch(repeats: 1), remoteID: try await stand.upload())))
            #expect(await stand.simulator.jobsByDigest().values.map { $0 } == [2])
        }
    }
}
