import Foundation
import JSON
import Journey
import Logging
import Monitoring
import Outbox
import RemoteServices
import Runtime
import Sales
import Slips
import TestRuntime
import TestServices
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct SlipOperationsTests {
    /// A shop that takes slips, and nobody reads them.
    struct Bench {
        let outbox: Outbox
        let folder: SlipFolder
        let time: ManualClock
        let diskSpace = DiskSpace(minimum: 1_000)

        var slips: SlipOperations { slips(folder) }

        func slips(_ folder: any SlipImages) -> SlipOperations {
            SlipOperations(
                outbox: outbox, service: .scanlyIQ, folder: folder, clock: time.clock, diskSpace: diskSpace)
        }

        func fail(_ view: SlipView) async throws {
            let failure = Failure(code: "Reader::NoResult", message: "none", at: time.now)
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: view.record.seq, at: time.now)
        }

        var files: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix(".") }
        }

        func accept(_ id: String) async throws -> TransactionID {
            let event = try SlipOperationsTests.event(id)
            let sale = NewSale(
                event: event, registration: NewJob(kind: .registration, service: .slime, key: id, request: [1]),
                printer: nil, arrival: .init(from: "test", at: time.now, liveUntil: time.now))
            guard case .new(let record) = try await outbox.accept(sale) else { throw FixtureError() }
            return record.id
        }
    }

    struct FixtureError: Error {}

    private static func event(_ id: String) throws -> SaleEvent {
        let branch = try #require(BranchID("00000"))
        let rate = try #require(DecimalNumber("0.07"))
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"receipt":{"print":false}}
            """
        return try SaleDecoder(defaults: defaults).decode(Array(text.utf8), receivedAt: .distantFuture)
    }

    /// The smallest JPEG: only its structure is looked at.
    static func image(_ mark: UInt8) throws -> SlipImage {
        try SlipImage(
            [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]
                + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, mark, 2, 0xFF, 0xD9], declared: .jpeg)
    }

    func open(_ body: (Bench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-slips-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
        try await body(
            Bench(outbox: outbox, folder: try SlipFolder(folder.appending(path: "slips").path), time: ManualClock()))
        try outbox.close()
    }

    func refusal<Value>(_ work: () async throws(OperationError) -> Value) async -> OperationError? {
        do {
            _ = try await work()
            return nil
        } catch { return error }
    }

    @Test("a slip's image and row are there once it is taken, and the same image for the same sale is taken once")
    func submit() async throws {
        try await open { bench in
            let sale = try await bench.accept("A")
            let (view, isNew) = try await bench.slips.submit(
                try Self.image(1), SlipTarget(.sale(sale), terminal: "POS-1"))
            #expect(isNew && view.shown == .waiting && view.record.expected == Money(satang: 12_000))
            #expect(bench.files == [view.record.image])
            let again = try await bench.slips.submit(try Self.image(1), SlipTarget(.sale(sale)))
            #expect(!again.isNew && again.view == view && bench.files.count == 1)
            let other = try await bench.slips.submit(
                try Self.image(2), SlipTarget(.amount(Money(satang: 5), sale: nil)))
            #expect(other.isNew && other.view.record.sale == nil && bench.files.count == 2)
            #expect(try await bench.slips.slips(of: sale) == [view])
            #expect(try await bench.slips.list(state: nil, limit: 1, after: nil).views == [other.view])
            let rest = try await bench.slips.list(state: .waiting, limit: 9, after: other.view.record.seq)
            #expect(rest.views == [view] && rest.next == nil)
        }
    }

    @Test("what is refused leaves no file behind")
    func refused() async throws {
        try await open { bench in
            let image = try Self.image(1)
            let nobody = try #require(TransactionID("NONE"))
            let unknown = await refusal { () async throws(OperationError) in
                try await bench.slips.submit(image, SlipTarget(.sale(nobody)))
            }
            #expect(unknown == .notFound("there is no sale NONE"))
            _ = bench.diskSpace.update(free: 1_001)
            let full = await refusal { () async throws(OperationError) in
                try await bench.slips.submit(image, SlipTarget(.amount(Money(satang: 5), sale: nobody)))
            }
            guard case .diskFull? = full else { throw FixtureError() }
            #expect(bench.files.isEmpty)
            _ = bench.diskSpace.update(free: 1 << 20)
            for mark in 1...Outbox.maximumSlipsOfSale {
                _ = try await bench.slips.submit(
                    try Self.image(UInt8(mark)), SlipTarget(.amount(Money(satang: 5), sale: nobody)))
            }
            let many = await refusal { () async throws(OperationError) in
                try await bench.slips.submit(image, SlipTarget(.amount(Money(satang: 5), sale: nobody)))
            }
            // The same image is no new slip.
            #expect(many == nil)
            let other = try Self.image(200)
            let more = await refusal { () async throws(OperationError) in
                try await bench.slips.submit(other, SlipTarget(.amount(Money(satang: 5), sale: nobody)))
            }
            guard case .wrongState? = more else { throw FixtureError() }
            #expect(bench.files.count == Outbox.maximumSlipsOfSale)
        }
    }

    @Test("whoever waits for a slip is told once it is read, and at once while the account is refused")
    func waiting() async throws {
        try await open { bench in
            let slips = bench.slips
            let (view, _) = try await slips.submit(
                try Self.image(1), SlipTarget(.amount(Money(satang: 12_000), sale: nil)))
            let id = view.record.id
            #expect(try await slips.checked(id, within: .zero).shown == .waiting)
            async let checked = slips.checked(id, within: .seconds(600))
            try await bench.outbox.apply(
                [.attemptBegan, .begun(remoteID: "J"), .done(result: nil)], toJob: view.record.seq,
                finding: SlipFinding(SlipReading(amount: "1")), at: bench.time.now)
            let checkedView = try await checked
            #expect(checkedView.shown == .differs)
            let (next, _) = try await slips.submit(try Self.image(2), SlipTarget(.amount(Money(satang: 5), sale: nil)))
            let failure = Failure(code: "Reader::402", message: "no credits", at: bench.time.now)
            async let held = slips.checked(next.record.id, within: .seconds(600))
            try await bench.outbox.setAccount(
                AccountState(condition: .held, failure: failure), of: .scanlyIQ)
            let heldView = try await held
            #expect(heldView.shown == .held && heldView.lastError?.code == "Reader::402")
            #expect(try await slips.list(state: .held, limit: 9, after: nil).views.map(\.record.id) == [next.record.id])
            #expect(try await slips.list(state: .waiting, limit: 9, after: nil).views.isEmpty)
            #expect(try await slips.retry(next.record.id).shown == .waiting)
        }
    }

    @Test("a sale shows its slips, and an image that was removed stays removed")
    func removed() async throws {
        try await open { bench in
            let sale = try await bench.accept("A")
            let (view, _) = try await bench.slips.submit(try Self.image(1), SlipTarget(.sale(sale)))
            #expect(try await bench.slips.removeImage(view.record.id).record.imageRemoved && bench.files.isEmpty)
            #expect(try await bench.slips.removeImage(view.record.id).record.imageRemoved)
            #expect(try await bench.outbox.sale(sale).slips.map(\.imageRemoved) == [true])
        }
    }

    @Test("images go a while after nothing is owed, and files without a slip an hour after they were first seen")
    func care() async throws {
        try await open { bench in
            let care = SlipImageCare(
                outbox: bench.outbox, images: bench.folder, keep: .seconds(100), clock: bench.time.clock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let (view, _) = try await bench.slips.submit(
                try Self.image(1), SlipTarget(.amount(Money(satang: 5), sale: nil)))
            try await bench.folder.keep([1], named: "stray.jpg")
            #expect(await !care.lookOnce())
            bench.time.advance(by: 1_000)
            // It is owed still; and of the stray file it is not known yet how long it has been there.
            #expect(await !care.lookOnce())
            #expect(bench.files.count == 2)
            try await bench.fail(view)
            bench.time.advance(by: 100)
            #expect(await !care.lookOnce())
            #expect(bench.files.count == 2)
            bench.time.advance(by: 1)
            #expect(await !care.lookOnce())
            #expect(bench.files == ["stray.jpg"])
            #expect(try await bench.outbox.slip(view.record.id).imageRemoved)
        }
    }
}
