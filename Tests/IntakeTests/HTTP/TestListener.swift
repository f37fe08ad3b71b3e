import Foundation
import Gateway
import Gauges
import Host
import Intake
import JSON
import Logging
import Monitoring
import Outbox
import PrintQueue
import RemoteServices
import Sales
import Slips
import TestServices

struct FixtureError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A gateway's listener with a real outbox behind it, and nobody who registers or prints.
struct TestListener: Sendable {
    let socket: String
    let outbox: Outbox
    /// The folder of slips' pictures.
    let pictures: String

    /// - Parameter picture: bytes of the largest picture of a slip; nil to take no slips.
    static func open(
        _ limits: ListenerLimits, access: ListenerAccess = .local, origins: AllowedOrigins = AllowedOrigins(),
        picture: Int? = nil, _ body: (TestListener) async throws -> Void
    ) async throws {
        // Short, because a socket's path may have 107 bytes.
        let folder = URL(fileURLWithPath: "/tmp/kk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        let logger = Logger(label: "listener") { _ in SwiftLogNoOpLogHandler() }
        let socket = try UnixSocket.bind(path: folder.appendingPathComponent("pos.sock").path, mode: 0o600)
        let result: Result<Void, any Error>
        do {
            let pictures = folder.appendingPathComponent("slips").path
            let folder = try picture.map { _ in try SlipFolder(pictures) }
            let api = try router(
                outbox: outbox, slips: folder, maximumPicture: picture ?? 8 << 20, limits: limits, logger: logger)
            let listener = GatewayListener(
                descriptor: socket.descriptor, rules: ListenerRules(access: access, origins: origins, limits: limits),
                api: api, logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.run() }
                defer { group.cancelAll() }
                try await body(TestListener(socket: socket.path, outbox: outbox, pictures: pictures))
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try outbox.close()
        try result.get()
    }

    private static func router(
        outbox: Outbox, slips: SlipFolder?, maximumPicture: Int, limits: ListenerLimits, logger: Logger
    ) throws -> GatewayRouter {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"),
            let routing = PrinterRouting([.init(printer: "front", terminals: [])])
        else { throw FixtureError("the fixture's own values are wrong") }
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
        var configuration = GatewayConfiguration(saleDefaults: defaults, routing: routing)
        configuration.slips = slips.map {
            SlipTasks(service: SilentReader(), images: $0, keep: .seconds(86_400))
        }
        let gateway = GatewayComponents(
            configuration, outbox: outbox,
            providers: ProviderSet(ScriptedProvider()),
            stations: [],
            observability: Observability(
                printers: [("front", "none", 576)], provider: .slime, logger: logger))
        return GatewayRouter(gateway, maximumBody: 4 << 20, maximumPicture: maximumPicture, limits: limits)
    }

    static func sale(_ id: String) -> String {
        """
        {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
        {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"receipt":{"print":false}}
        """
    }

    /// The head of a request that hands in a sale of so many bytes.
    static func head(_ bytes: Int, query: String = "") -> String {
        "POST /v1/sales\(query) HTTP/1.1\r\nHost: pos\r\nContent-Type: application/json\r\nContent-Length: \(bytes)\r\n\r\n"
    }

    static func post(_ id: String, query: String = "") -> String {
        head(sale(id).utf8.count, query: query) + sale(id)
    }

    /// How many papers a sale has, whatever became of them.
    func prints(of text: String) async throws -> Int {
        guard let id = TransactionID(text) else { throw FixtureError("\(text) is no id") }
        return try await outbox.sale(id).prints.count
    }

    /// A sale's event as it is kept.
    func event(of text: String) async throws -> String {
        guard let id = TransactionID(text) else { throw FixtureError("\(text) is no id") }
        return String(decoding: try await outbox.kept(id).event, as: UTF8.self)
    }

    /// Returns when the sale is on disk.
    func untilKept(_ text: String) async throws {
        guard let id = TransactionID(text) else { throw FixtureError("\(text) is no id") }
        let ticks = outbox.changes.ticks(of: .sale(id))
        if (try? await outbox.sale(id)) != nil { return }
        for await _ in ticks { return }
    }
}
