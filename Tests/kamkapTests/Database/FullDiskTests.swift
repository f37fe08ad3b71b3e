import Foundation
import GatewayAPI
import NIOHTTP1
import Testing

/// A disk that is full, and one that cannot sync, under the real program.
@Suite(.timeLimit(.minutes(3))) struct FullDiskTests {
    private func put(_ text: String, _ name: String, in store: Store) throws {
        let incoming = store.spool.appendingPathComponent("incoming")
        try Data(text.utf8).write(to: incoming.appendingPathComponent(".tmp-\(name)"))
        try FileManager.default.moveItem(
            at: incoming.appendingPathComponent(".tmp-\(name)"), to: incoming.appendingPathComponent(name))
    }

    @Test(
        "sales are refused with 507 while the disk is short and taken again after; nothing that was acknowledged is missing",
        .enabled(if: SmallDisk.mayMount, "needs to be root, and to be allowed to mount"), arguments: ["1MiB", "0B"])
    func full(minimum: String) async throws {
        try await Store.open(outbox: "min_free_space = \"\(minimum)\"") { store in
            let data = URL(fileURLWithPath: store.database).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let gateway = try await RunningGateway.start(in: store, wrapper: SmallDisk.wrapper(at: data, ballast: 2))
            var acknowledged: [String] = []
            var refusal: Store.Answer?
            for number in 0..<2_000 where refusal == nil {
                let answer = try await store.request(.POST, "/v1/sales", Store.unprinted("S-\(number)"))
                if answer.status == 201 { acknowledged.append("S-\(number)") } else { refusal = answer }
            }
            let answer = try #require(refusal)
            #expect(answer.status == 507)
            var detail = try answer.problem().detail
            if minimum == "0B" {
                #expect(detail.contains("is full"))
            } else {
                // The disk may have filled up between two looks.
                while !detail.contains("MiB are free") {
                    let again = try await store.request(.POST, "/v1/sales", Store.unprinted("REFUSED"))
                    detail = try again.problem().detail
                }
                #expect(detail.contains("min_free_space requires 1 MiB"))
            }
            #expect(acknowledged.count > 10)
            // What is known already is answered; what comes as a file waits.
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("S-0")).status == 200)
            if minimum == "1MiB" { #expect(try await store.request(.GET, "/readyz").status == 503) }
            try put(Store.unprinted("FILE"), "file.json", in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("REFUSED")).status == 507)
            #expect(try await store.request(.GET, "/v1/sales/FILE").status == 404)

            try FileManager.default.removeItem(atPath: SmallDisk.path(of: data, "ballast", in: gateway))
            var status = 507
            while status == 507 {
                status = try await store.request(.POST, "/v1/sales", Store.unprinted("AFTER")).status
            }
            #expect(status == 201)
            while try await store.request(.GET, "/v1/sales/FILE").status == 404 { await Task.yield() }
            for id in acknowledged + ["AFTER", "FILE"] {
                let path = "/v1/sales?wait=registered&timeout=60s"
                let sale = try await store.request(.POST, path, Store.unprinted(id))
                #expect(sale.status == 200)
                #expect(try sale.sale().registration.state == "ready")
            }
            #expect(await gateway.stop() == 0)
        }
    }

    private static let compiler = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .flatMap { ["\($0)/clang", "\($0)/cc"] }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Makes every sync fail while the file that the environment names is there.
    private static let failingSync = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        static int fails(void) { const char *flag = getenv("FAIL_SYNC"); return flag && access(flag, F_OK) == 0; }
        int fsync(int file) { if (fails()) { errno = EIO; return -1; } return syscall(SYS_fsync, file); }
        int fdatasync(int file) { if (fails()) { errno = EIO; return -1; } return syscall(SYS_fdatasync, file); }
        """

    @Test(
        "a sync that fails ends the gateway with clear words, the till has no 201, and the next start has what was kept",
        .enabled(if: compiler != nil, "needs a C compiler"))
    func failedSync() async throws {
        try await Store.open { store in
            let library = store.folder.appendingPathComponent("sync.so").path
            let compiled = try await Binary.run(
                ["-shared", "-fPIC", "-x", "c", "-o", library, "-"], input: Self.failingSync,
                at: URL(fileURLWithPath: try #require(Self.compiler)))
            #expect(compiled.status == 0, "\(compiled.complaints)")
            let flag = store.folder.appendingPathComponent("fail").path
            let gateway = try await RunningGateway.start(
                in: store, environment: ["LD_PRELOAD": library, "FAIL_SYNC": flag])
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", Store.unprinted("KEPT")).status == 201)
            try Data().write(to: URL(fileURLWithPath: flag))
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("REFUSED")).status == 503)
            #expect(await gateway.end() == 74)
            #expect(
                try gateway.logged().contains("Nothing that was accepted is lost; start again once the disk is well"))
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/KEPT").status == 200)
            #expect(
                [200, 201].contains(try await store.request(.POST, "/v1/sales", Store.unprinted("REFUSED")).status))
            #expect(await next.stop() == 0)
        }
    }
}
