import Foundation
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(2))) struct SpoolTests {
    private func names(_ store: Store, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.spool.appendingPathComponent(folder).path).sorted()
    }

    /// Puts a file in as a till does: written under another name, then renamed.
    private func put(_ text: String, _ name: String, in store: Store) throws {
        let incoming = store.spool.appendingPathComponent("incoming")
        let draft = incoming.appendingPathComponent(".tmp-\(name)")
        try Data(text.utf8).write(to: draft)
        try FileManager.default.moveItem(at: draft, to: incoming.appendingPathComponent(name))
    }

    /// Waits until nothing is in `incoming/` but what is left alone.
    private func emptied(but left: [String], in store: Store) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try names(store, "incoming") != left {
            if ContinuousClock.now > deadline { throw FixtureError("\(try names(store, "incoming")) after 30 s") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func settled(_ id: String, in store: Store) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try await store.request(.GET, "/v1/sales/\(id)").status == 404 {
            if ContinuousClock.now > deadline { throw FixtureError("\(id) was not taken within 30 s") }
        }
    }

    @Test("sales are taken from files, bad ones are explained, and the rest is left alone")
    func spool() async throws {
        try await Store.open { store in
            let incoming = store.spool.appendingPathComponent("incoming")
            try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
            try put(Store.sale("EARLY"), "early.json", in: store)
            try FileManager.default.createDirectory(
                at: incoming.appendingPathComponent("folder.json"), withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: incoming.appendingPathComponent("link.json").path, withDestinationPath: "/etc/passwd")
            try put("x", "notes.txt", in: store)
            let gateway = try await RunningGateway.start(in: store)
            let left = ["folder.json", "link.json", "notes.txt"]
            try await emptied(but: left, in: store)
            try put(Store.sale("LATE"), "late.json", in: store)
            try put("{ \"transaction_id\": ", "broken.json", in: store)
            try await emptied(but: left, in: store)
            try put(Store.sale("LATE", corn: "\"1\""), "late.json", in: store)
            try put(Store.sale("LATE"), "zz-again.json", in: store)
            try put(Store.sale("LAST"), "zzz-last.json", in: store)
            #expect(await gateway.stop() == 0)
            // Whatever the stop interrupted is taken up by the next start.
            let next = try await RunningGateway.start(in: store)
            try await emptied(but: left, in: store)
            #expect(await next.stop() == 0)
            #expect(
                try names(store, "accepted") == ["early.json", "late.json", "zz-again.json", "zzz-last.json"])
            #expect(
                try names(store, "rejected")
                    == ["broken.json", "broken.problem.json", "late.json", "late.problem.json"])
            let problem = try String(
                contentsOf: store.spool.appendingPathComponent("rejected/late.problem.json"), encoding: .utf8)
            #expect(problem.contains("\"status\":409"))
            #expect(try gateway.logged().components(separatedBy: "folder.json").count == 2)
        }
    }

    @Test("a spool whose folder is moved away is made anew and watched again")
    func moved() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let incoming = store.spool.appendingPathComponent("incoming")
            try FileManager.default.moveItem(at: incoming, to: store.spool.appendingPathComponent("old"))
            let deadline = ContinuousClock.now + .seconds(30)
            while !FileManager.default.fileExists(atPath: incoming.path), ContinuousClock.now < deadline {
                await Task.yield()
            }
            try put(Store.sale("AFTER"), "after.json", in: store)
            try await settled("AFTER", in: store)
            #expect(await gateway.stop() == 0)
        }
    }
}
