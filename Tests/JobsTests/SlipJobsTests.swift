import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import TestRuntime
import TestServices
import Testing

/// What a worker makes of slips: read once, charged at most once more than that, and shown so.
@Suite(.timeLimit(.minutes(2))) struct SlipJobsTests {
    private static let reading = SlipReading(
        amount: "120.00", date: "2026-11-20", bank: "KBANK", fromAccount: "xxx-x-x9876-x", toAccount: "xxx-x-x1234-x")

    @Test("a slip is uploaded, read and compared, and charged once")
    func read() async throws {
        try await SlipBench.open { bench in
            let slip = try await bench.take()
            _ = try await bench.slip(slip.id) { $0.state == .reading }
            bench.reader.show(Self.reading, on: slip.id.text)
            let read = try await bench.settled(slip.id)
            #expect(read.state == .matched && read.credits == 1 && !read.mayBeCharged)
            #expect(read.reading == Self.reading)
            #expect(bench.reader.charges() == [slip.id.text: 1])
            #expect(bench.reader.calls(.upload) == 1 && bench.reader.calls(.create) == 1)
        }
    }

    @Test("killed while it is uploaded, it is uploaded again, and nothing may be charged twice")
    func killedInUpload() async throws {
        try await SlipBench.open(
            { bench in
                bench.reader.hang(.upload)
                try await bench.take()
                await bench.reader.wait(for: 1, of: .upload)
            },
            { bench in
                bench.reader.letGo(.upload)
                let slip = try #require(try await bench.outbox.slips(limit: 1).first)
                bench.reader.show(Self.reading, on: slip.id.text)
                let read = try await bench.settled(slip.id)
                #expect(read.state == .matched && !read.mayBeCharged)
                #expect(bench.reader.calls(.upload) == 2 && bench.reader.charges() == [slip.id.text: 1])
            })
    }

    @Test("killed between upload and reading, it goes on with what was uploaded")
    func killedBetween() async throws {
        try await SlipBench.open(preparing: { bench in
            let slip = try await bench.take()
            try await bench.outbox.apply(
                [.attemptBegan, .prepared(remoteID: "U-\(slip.id)", at: bench.time.now)], toJob: slip.seq,
                at: bench.time.now)
        }) { bench in
            let slip = try #require(try await bench.outbox.slips(limit: 1).first)
            bench.reader.show(Self.reading, on: slip.id.text)
            let read = try await bench.settled(slip.id)
            #expect(read.state == .matched && !read.mayBeCharged)
            #expect(bench.reader.calls(.upload) == 0 && bench.reader.charges() == [slip.id.text: 1])
        }
    }

    @Test("killed while the reading is asked for, it is asked for once more, and shown as perhaps charged twice")
    func killedInCreate() async throws {
        try await SlipBench.open(
            { bench in
                bench.reader.hang(.create)
                try await bench.take()
                await bench.reader.wait(for: 1, of: .create)
            },
            { bench in
                bench.reader.letGo(.create)
                let slip = try #require(try await bench.outbox.slips(limit: 1).first)
                bench.reader.show(Self.reading, on: slip.id.text)
                let read = try await bench.settled(slip.id)
                #expect(read.state == .matched && read.mayBeCharged)
                #expect(bench.reader.calls(.upload) == 1 && bench.reader.calls(.create) == 2)
                #expect(bench.reader.charges() == [slip.id.text: 2])
            })
    }

    @Test("killed twice while the reading is asked for, it is given up: a third might be charged as well")
    func killedInRepeat() async throws {
        let dying: @Sendable (SlipBench) async throws -> Void = { bench in
            bench.reader.hang(.create)
            if try await bench.outbox.slips(limit: 1).isEmpty { try await bench.take() }
            let asked = bench.reader.calls(.create) + 1
            try await bench.time.turning { await bench.reader.wait(for: asked, of: .create) }
        }
        try await SlipBench.open(
            dying, dying,
            { bench in
                bench.reader.letGo(.create)
                let slip = try #require(try await bench.outbox.slips(limit: 1).first)
                let failed = try await bench.settled(slip.id)
                #expect(failed.state == .failed && failed.mayBeCharged)
                #expect(failed.lastError?.code == RepeatRule.unknownOutcome)
                #expect(bench.reader.calls(.create) == 2 && bench.reader.charges() == [slip.id.text: 2])
            })
    }

    @Test("killed after the reading was asked for, it is only asked what was read")
    func killedInPoll() async throws {
        try await SlipBench.open(
            { bench in
                bench.reader.hang(.show)
                try await bench.take()
                await bench.reader.wait(for: 1, of: .show)
            },
            { bench in
                bench.reader.letGo(.show)
                let slip = try #require(try await bench.outbox.slips(limit: 1).first)
                #expect(slip.state == .reading)
                bench.reader.show(Self.reading, on: slip.id.text)
                let read = try await bench.settled(slip.id)
                #expect(read.state == .matched && !read.mayBeCharged)
                #expect(bench.reader.charges() == [slip.id.text: 1])
            })
    }

    @Test(
        "a request to read that was not answered is repeated once, and never a third time",
        arguments: [[true], [false], [true, true], [false, false], [true, false]])
    func unanswered(acts: [Bool]) async throws {
        try await SlipBench.open { bench in
            bench.reader.inject(acts.map { .unanswered(acts: $0) }, at: .create)
            let slip = try await bench.take()
            bench.reader.show(Self.reading, on: slip.id.text)
            let settled = try await bench.settled(slip.id)
            #expect(settled.mayBeCharged)
            #expect(settled.state == (acts.count == 1 ? .matched : .failed))
            #expect(bench.reader.calls(.create) == 2 && bench.reader.calls(.upload) == 1)
            #expect(bench.reader.charges()[slip.id.text, default: 0] <= 2)
        }
    }

    @Test("a service that forgets every reading is charged for two, and not for ever")
    func lost() async throws {
        try await SlipBench.open { bench in
            bench.reader.inject([.gone, .gone, .gone], at: .show)
            let slip = try await bench.take()
            let settled = try await bench.settled(slip.id)
            #expect(settled.state == .failed && settled.mayBeCharged && settled.lastError?.code == "Reader::404")
            #expect(bench.reader.charges() == [slip.id.text: 2])
            #expect(bench.reader.calls(.upload) == 2)
        }
    }

    @Test("an upload that became too old is made again, which costs nothing; and only once")
    func oldUpload() async throws {
        try await SlipBench.open { bench in
            bench.reader.inject([.gone], at: .create)
            let slip = try await bench.take()
            bench.reader.show(Self.reading, on: slip.id.text)
            let read = try await bench.settled(slip.id)
            #expect(read.state == .matched && !read.mayBeCharged)
            #expect(bench.reader.calls(.upload) == 2 && bench.reader.charges() == [slip.id.text: 1])
            bench.reader.inject([.gone, .gone], at: .create)
            let other = try await bench.take(2)
            let failed = try await bench.settled(other.id)
            #expect(failed.state == .failed && !failed.mayBeCharged)
        }
    }

    @Test("while the account is refused slips wait, and go on by themselves once it is well")
    func held() async throws {
        try await SlipBench.open { bench in
            bench.reader.refuse(true)
            let slip = try await bench.take()
            try await bench.time.turning {
                while try await bench.outbox.account(of: bench.reader.name).condition != .held {
                    try Task.checkCancellation()
                    await Task.yield()
                }
            }
            #expect(try await bench.outbox.slip(slip.id).state.isOwed)
            bench.reader.show(Self.reading, on: slip.id.text)
            bench.reader.refuse(false)
            #expect(try await bench.settled(slip.id).state == .matched)
            #expect(bench.reader.charges() == [slip.id.text: 1])
        }
    }

    @Test("an image that the service does not take is unreadable, and the next slip is read all the same")
    func refused() async throws {
        try await SlipBench.open { bench in
            bench.reader.inject([.refused(code: "Reader::400")], at: .upload)
            let slip = try await bench.take()
            #expect(try await bench.settled(slip.id).state == .unreadable)
            let other = try await bench.take(2)
            bench.reader.show(SlipReading(), on: other.id.text)
            #expect(try await bench.settled(other.id).state == .unreadable)
        }
    }

    @Test("a reader that never answers, and slips that wait for it, delay no sale")
    func isolation() async throws {
        try await SlipBench.open { bench in
            bench.reader.hang(.upload)
            for image in 1...9 { try await bench.take(UInt8(image)) }
            await bench.reader.wait(for: 4, of: .upload)
            let provider = ScriptedProvider()
            let worker = JobWorker(
                settings: JobWorkerSettings(concurrency: 4), outbox: bench.outbox, service: provider,
                context: LoopContext(
                    clock: bench.time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                defer { group.cancelAll() }
                let event = try Stub.event("A")
                let ticks = bench.outbox.changes.ticks(of: .sale(event.sale.id))
                let sale = NewSale(
                    event: event,
                    registration: NewJob(
                        kind: .registration, service: provider.name, key: "A",
                        request: provider.request(for: event).bytes),
                    printer: nil,
                    arrival: .init(from: "test", at: bench.time.now, liveUntil: bench.time.now.addingTimeInterval(3)))
                guard case .new = try await bench.outbox.accept(sale) else { throw FixtureError() }
                // No time passes meanwhile.
                for await _ in ticks {
                    if try await bench.outbox.sale(event.sale.id).registration.state == .ready { break }
                }
            }
            #expect(provider.actions() == ["A": 1])
            #expect(try await bench.outbox.slips(in: [.waiting], limit: 99).count == 9)
        }
    }
}
