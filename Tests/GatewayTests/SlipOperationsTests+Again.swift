import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Sales
import Slips
import TestRuntime
import Testing

@testable import Gateway

// Slips that are handed in again, and images that are in the way.
extension SlipOperationsTests {
    @Test("a slip for no sale that a till hands in again after a lost answer is taken once, and is its sale's later")
    func again() async throws {
        try await open { bench in
            let target = SlipTarget(.amount(Money(satang: 12_000), sale: nil), terminal: "POS-1")
            let (view, isNew) = try await bench.slips.submit(try Self.image(1), target)
            #expect(isNew)
            let again = try await bench.slips.submit(try Self.image(1), target)
            #expect(!again.isNew && again.view == view && bench.files == [view.record.image])
            let sale = try await bench.accept("A")
            let named = try await bench.slips.submit(try Self.image(1), SlipTarget(.sale(sale)))
            #expect(!named.isNew && named.view.record.id == view.record.id && named.view.record.sale == sale)
            #expect(bench.files == [view.record.image])
            #expect(try await bench.outbox.pendingCount(of: .scanlyIQ, atMost: 9) == 1)
            #expect(try await bench.slips.slips(of: sale) == [named.view])
        }
    }

    @Test(
        "a slip that is not read and whose image is gone has it again once that is handed in again",
        arguments: [true, false])
    func imageAgain(isRemovedByStaff: Bool) async throws {
        try await open { bench in
            let sale = try await bench.accept("A")
            let image = try Self.image(1)
            let (view, _) = try await bench.slips.submit(image, SlipTarget(.sale(sale)))
            try await bench.fail(view)
            if isRemovedByStaff {
                _ = try await bench.slips.removeImage(view.record.id)
                let early = await refusal { () async throws(OperationError) in
                    try await bench.slips.retry(view.record.id)
                }
                guard case .wrongState? = early else { throw FixtureError() }
            } else {
                try await bench.folder.remove(view.record.image)
            }
            let (again, isNew) = try await bench.slips.submit(image, SlipTarget(.sale(sale)))
            #expect(!isNew && again.record.id == view.record.id && !again.record.imageRemoved)
            #expect(try await bench.folder.image(named: view.record.image) == image.bytes)
            #expect(bench.files == [view.record.image])
            #expect(try await bench.slips.retry(view.record.id).shown == .waiting)
        }
    }

    @Test("the image of a slip that is read is not kept again")
    func readAlready() async throws {
        try await open { bench in
            let target = SlipTarget(.amount(Money(satang: 12_000), sale: nil))
            let (view, _) = try await bench.slips.submit(try Self.image(1), target)
            try await bench.outbox.apply(
                [.attemptBegan, .begun(remoteID: "J"), .done(result: nil)], toJob: view.record.seq,
                finding: SlipFinding(SlipReading(amount: "1")), at: bench.time.now)
            _ = try await bench.slips.removeImage(view.record.id)
            let again = try await bench.slips.submit(try Self.image(1), target)
            #expect(again.view.record.imageRemoved && bench.files.isEmpty)
        }
    }

    @Test("an image stays where nobody knows whether its slip was written down")
    func unknownOutcome() async throws {
        try await open { bench in
            let image = try Self.image(1)
            let lost = await refusal { () async throws(OperationError) in
                try await bench.slips(ClosingImages(folder: bench.folder, outbox: bench.outbox)).submit(
                    image, SlipTarget(.amount(Money(satang: 5), sale: nil)))
            }
            #expect(lost?.isWithoutEffect == false)
            #expect(bench.files.count == 1)
        }
    }

    @Test("a sale that is not here is told of before an image is there")
    func requiredSale() async throws {
        try await open { bench in
            let sale = try await bench.accept("A")
            try await bench.slips.requireSale(of: SlipTarget(.sale(sale)))
            let nobody = try #require(TransactionID("NONE"))
            try await bench.slips.requireSale(of: SlipTarget(.amount(Money(satang: 5), sale: nobody)))
            let unknown = await refusal { () async throws(OperationError) in
                try await bench.slips.requireSale(of: SlipTarget(.sale(nobody)))
            }
            #expect(unknown == .notFound("there is no sale NONE"))
        }
    }

    @Test("an image that cannot be removed keeps no other one there, and is told of once")
    func stuck() async throws {
        try await open { bench in
            var views: [SlipView] = []
            for mark in 1...3 {
                let (view, _) = try await bench.slips.submit(
                    try Self.image(UInt8(mark)), SlipTarget(.amount(Money(satang: 5), sale: nil)))
                try await bench.fail(view)
                bench.time.advance(by: 1)
                views.append(view)
            }
            let book = LogBook()
            let images = StuckImages(folder: bench.folder, stuck: [views[0].record.image])
            let care = SlipImageCare(
                outbox: bench.outbox, images: images, keep: .seconds(10), clock: bench.time.clock, logger: book.logger)
            bench.time.advance(by: 100)
            #expect(await care.lookOnce())
            #expect(bench.files == [views[0].record.image])
            #expect(
                try await bench.slips.list(state: nil, limit: 9, after: nil).views.map(\.record.imageRemoved) == [
                    true, true, false,
                ])
            #expect(await care.lookOnce(wasTroubled: true))
            #expect(book.all.count == 1)
        }
    }

    @Test("where no slips are taken any more, the image of one that nobody reads goes a while after it came")
    func unread() async throws {
        try await open { bench in
            let (view, _) = try await bench.slips.submit(
                try Self.image(1), SlipTarget(.amount(Money(satang: 5), sale: nil)))
            func look(isAnyRead: Bool) async -> Bool {
                await SlipImageCare(
                    outbox: bench.outbox, images: bench.folder, keep: .seconds(100), isAnyRead: isAnyRead,
                    clock: bench.time.clock, logger: LogBook().logger
                ).lookOnce()
            }
            bench.time.advance(by: 100)
            #expect(await !look(isAnyRead: false))
            #expect(bench.files == [view.record.image])
            bench.time.advance(by: 1)
            #expect(await !look(isAnyRead: true))
            #expect(bench.files == [view.record.image])
            #expect(await !look(isAnyRead: false))
            #expect(bench.files == [])
            #expect(try await bench.outbox.slip(view.record.id).imageRemoved)
        }
    }

    @Test("slips that are owed while none are taken are held, and their images go in their time")
    func notTaken() async throws {
        try await open { bench in
            let (view, _) = try await bench.slips.submit(
                try Self.image(1), SlipTarget(.amount(Money(satang: 5), sale: nil)))
            let routing = try #require(PrinterRouting([.init(printer: "front", terminals: [])]))
            var configuration = GatewayConfiguration(saleDefaults: try Shop.defaults(), routing: routing)
            #expect(configuration.imagesToCareFor == nil)
            configuration.formerSlipImages = bench.folder
            #expect(configuration.imagesToCareFor?.keep == SlipTerms().keep)
            configuration = try await configuration.withMissingReader(in: bench.outbox, clock: bench.time.clock)
            #expect(configuration.missingReader == .scanlyIQ)
            let held = try await bench.slips.slip(view.record.id)
            #expect(held.shown == .held && held.lastError?.code == ProviderSet.missingCode)
            #expect(try await bench.slips.list(state: .held, limit: 9, after: nil).views == [held])
            try await bench.fail(view)
            let settled = try await GatewayConfiguration(saleDefaults: try Shop.defaults(), routing: routing)
                .withMissingReader(in: bench.outbox, clock: bench.time.clock)
            #expect(settled.missingReader == nil)
        }
    }
}

/// The database is lost right after an image was kept.
private struct ClosingImages: SlipImages {
    let folder: SlipFolder
    let outbox: Outbox

    func keep(_ bytes: [UInt8], named name: String) async throws(SlipFolderError) {
        try await folder.keep(bytes, named: name)
        do { try outbox.close() } catch { throw SlipFolderError(.unusable, "\(error)") }
    }
    func image(named name: String) async throws(SlipFolderError) -> [UInt8] { try await folder.image(named: name) }
    func remove(_ name: String) async throws(SlipFolderError) { try await folder.remove(name) }
    func names(olderThan age: Duration) async throws(SlipFolderError) -> [String] {
        try await folder.names(olderThan: age)
    }
}

/// Some images cannot be removed.
private struct StuckImages: SlipImages {
    let folder: SlipFolder
    let stuck: Set<String>

    func keep(_ bytes: [UInt8], named name: String) async throws(SlipFolderError) {
        try await folder.keep(bytes, named: name)
    }
    func image(named name: String) async throws(SlipFolderError) -> [UInt8] { try await folder.image(named: name) }
    func remove(_ name: String) async throws(SlipFolderError) {
        guard !stuck.contains(name) else { throw SlipFolderError(.unusable, "the file does not go") }
        try await folder.remove(name)
    }
    func names(olderThan age: Duration) async throws(SlipFolderError) -> [String] {
        try await folder.names(olderThan: age)
    }
}
