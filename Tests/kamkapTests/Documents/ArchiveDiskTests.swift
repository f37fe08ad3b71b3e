import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

/// What a bad disk under the archive does to a gateway: sales and papers go on.
@Suite(.timeLimit(.minutes(3))) struct ArchiveDiskTests {
    /// At the end of the configuration.
    private static let archiving = "[documents]\npoll = \"10s\"\narchive = \"documents\""
    private static let alarm = "The archive of documents cannot be used"

    @Test(
        "an archive on a full disk stops no sale and no paper, an alarm says so, and what was owed comes once there is room",
        .enabled(if: SmallDisk.mayMount, "needs to be root, and to be allowed to mount"), arguments: ["1MiB", "0B"])
    func full(minimum: String) async throws {
        try await Store.open(printer: Self.archiving, outbox: "min_free_space = \"\(minimum)\"") { store in
            try await store.holdDocuments()
            let folder = store.folder.appendingPathComponent("documents").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let gateway = try await RunningGateway.start(
                in: store, wrapper: SmallDisk.wrapper(at: folder, ballast: minimum == "0B" ? 4 : 3))
            var events = try await EventFollower(store)
            try await store.register("A")
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            _ = try await events.next { $0.name == "document" }
            try await gateway.untilLogged("archive-unwritable")
            let sale = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale("B"))
            #expect(sale.status == 201)
            #expect(try sale.sale().prints.map(\.state) == ["printed"])
            let status = try await store.command("status")
            #expect(status.status == 1 && status.output.contains(Self.alarm), "\(status)")
            // It is fetched and handed out all the same.
            let file = try await store.request(.GET, "/v1/sales/A/documents/\(made.id).pdf")
            #expect(file.status == 200 && file.body.count == made.pdfSize)

            try FileManager.default.removeItem(atPath: SmallDisk.path(of: folder, "ballast", in: gateway))
            _ = try await events.next { $0.name == "document" && $0.data["archived"] == .bool(true) }
            let inside = SmallDisk.path(of: folder, "", in: gateway)
            let names = try FileManager.default.subpathsOfDirectory(atPath: inside).filter {
                $0.contains(".") && $0 != ".kamkap-archive"
            }
            #expect(Set(names.map { URL(filePath: $0).lastPathComponent }) == ["\(made.id).pdf", "\(made.id).xml"])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test(
        "nothing is fetched for a folder that takes no files",
        .enabled(if: SmallDisk.mayMount, "needs to be root, and to be allowed to mount"))
    func readOnly() async throws {
        try await Store.open(printer: Self.archiving) { store in
            try await store.holdDocuments()
            let first = try await RunningGateway.start(in: store)
            try await store.register("A")
            try await store.archive("A")
            #expect(await first.stop() == 0)
            let fetched = await store.slime.counters.filesBegun
            let folder = store.folder.appendingPathComponent("documents")
            let month = try #require(
                try FileManager.default.subpathsOfDirectory(atPath: folder.path).first {
                    $0.wholeMatch(of: /\d{4}\/\d{2}/) != nil
                })
            let second = try await RunningGateway.start(
                in: store, wrapper: SmallDisk.readOnlyWrapper(at: folder.appendingPathComponent(month).path))
            try await store.meetTrouble(with: "B", at: second)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale("C"))
            #expect(try sale.sale().prints.map(\.state) == ["printed"])
            #expect(await store.slime.counters.filesBegun == fetched)
            #expect(await second.stop() == 0)
        }
    }

    @Test("where the archive's disk is not mounted, no second archive grows")
    func unmounted() async throws {
        try await Store.open(printer: Self.archiving) { store in
            try await store.holdDocuments()
            let first = try await RunningGateway.start(in: store)
            try await store.register("A")
            try await store.archive("A")
            #expect(await first.stop() == 0)
            let folder = store.folder.appendingPathComponent("documents")
            let away = store.folder.appendingPathComponent("away")
            try FileManager.default.moveItem(at: folder, to: away)

            let second = try await RunningGateway.start(in: store)
            try await store.meetTrouble(with: "B", at: second)
            let status = try await store.command("status")
            #expect(status.output.contains("touch \(folder.path)/.kamkap-archive"), "\(status)")
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            try FileManager.default.moveItem(at: away, to: folder)
            try await store.untilArchived("B")
            #expect(await second.stop() == 0)
        }
    }

    @Test(
        "a disk that hangs keeps nobody from starting, selling, reading a document, checking and stopping",
        .enabled(if: HungDisk.mayMount, "needs to be root, to be allowed to mount, and /dev/fuse"))
    func hung() async throws {
        try await Store.open(printer: Self.archiving) { store in
            try await store.holdDocuments()
            let first = try await RunningGateway.start(in: store)
            try await store.register("A")
            let made = try await store.archive("A")
            #expect(await first.stop() == 0)
            let wrapper = HungDisk.wrapper(at: store.folder.appendingPathComponent("documents").path)

            let second = try await RunningGateway.start(in: store, wrapper: wrapper)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale("B"))
            #expect(try sale.sale().prints.map(\.state) == ["printed"])
            let begun = ContinuousClock.now
            let file = try await store.request(.GET, "/v1/sales/A/documents/\(made.id).pdf")
            #expect(file.status == 200 && file.body.count == made.pdfSize)
            #expect(ContinuousClock.now - begun < .seconds(10))
            try await store.register("C")
            _ = try await store.slime.customerMakesDocument(of: "C")
            await store.slime.finishDocuments()
            // The one that read, and one that is to keep a file.
            try await HungDisk.untilHeld(2, in: second)
            let command = wrapper + [try Binary.url().path, "check", "--config", store.configuration.path]
            let check = try await Binary.run(
                Array(command.dropFirst()), environment: ["KAMKAP_SOCKET": store.socket],
                at: URL(filePath: command[0]))
            #expect(check.status != 0)
            #expect(check.output.contains("The disk has not answered for 5 s."), "\(check)")
            let stopping = ContinuousClock.now
            #expect(await second.stop() == 0)
            #expect(ContinuousClock.now - stopping < .seconds(15))
        }
    }
}

extension Store {
    /// A customer has a document made of a sale, and it is archived.
    @discardableResult
    fileprivate func archive(_ id: String) async throws -> SlimeSimulator.Document {
        let made = try await slime.customerMakesDocument(of: id)
        await slime.finishDocuments()
        try await untilArchived(id)
        return made
    }

    fileprivate func untilArchived(_ id: String) async throws {
        while try await request(.GET, "/v1/sales/\(id)").sale().documents.first?.archived != true {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension Store {
    /// A sale's document for which the archive has no place.
    fileprivate func meetTrouble(with id: String, at gateway: RunningGateway) async throws {
        try await register(id)
        _ = try await slime.customerMakesDocument(of: id)
        await slime.finishDocuments()
        try await gateway.untilLogged("archive-unwritable")
    }
}
