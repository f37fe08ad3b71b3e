import Foundation
import Gauges
import JSON
import Jobs
import Journey
import Logging
import Monitoring
import Outbox
import PrintQueue
import Printing
import Receipts
import RemoteServices
import Runtime
import Sales
import Simulators
import Slime
import TestRuntime

@testable import Gateway

struct FixtureError: Error {}

/// A gateway without its listeners: a real outbox, a simulated Slime over HTTP, a virtual printer over TCP, and a clock that
/// the test advances.
struct Shop: Sendable {
    let outbox: Outbox
    let slime: SlimeSimulator
    /// The printer of the sales, `front`.
    let printer: VirtualPrinter
    /// Its fallback, `back`, where the shop was opened with one.
    let back: VirtualPrinter
    let board: PrinterBoard
    let gateway: GatewayComponents
    let time: ManualClock
    let clocks: ClockMonitor
    /// The same account, as a stranger would use it.
    let client: SlimeClient

    var sales: SaleOperations { gateway.sales }
    var printers: PrinterOperations { gateway.printers }
    /// Who tells what happens, and the figures of it.
    var publisher: EventPublisher { gateway.events }
    /// Reads the outbox itself, where no alarm monitor runs.
    let metrics: MetricsExporter

    /// Which loops run.
    enum Staff { case jobWorker, printWorker, both, nobody }

    /// - Parameters:
    ///   - owed: sales that were accepted under Slime before.
    ///   - inUse: the current one of `providers`.
    ///   - way: how the gateway gets to the simulator whose address it is given; straight by default.
    static func open<Value: Sendable>(
        _ staff: Staff = .both, concurrency: Int = 4, healthCheckInterval: Duration? = nil, hasDrawer: Bool = false,
        hasFallback: Bool = false, held: Failure? = nil, front: PrinterDevice? = nil, dots: Int = 576,
        saleLog: Logger? = nil, documents: DocumentTasks? = nil, printsDocuments: Bool = false,
        owed: [String] = [], inUse: ServiceName = .slime,
        providers: (SlimeService) -> ProviderSet = { ProviderSet($0) },
        way: ((String) throws -> (url: String, options: SlimeCallOptions))? = nil,
        logger: Logger = Logger(label: "shop") { _ in SwiftLogNoOpLogHandler() },
        _ body: (Shop) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-shop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let time = ManualClock()
        let clocks = time.watch()
        let outbox = try Outbox(
            path: folder.appendingPathComponent("outbox.sqlite").path, rules: SaleRules(lateSlipAge: .seconds(120)),
            shownAhead: { time.clock.shownAhead })
        if let held {
            try await outbox.setAccount(AccountState(condition: .held, failure: held, since: held.at), of: .slime)
        }
        let account = SlimeSimulator.Configuration()
        let slime = SlimeSimulator(configuration: account)
        let printer = VirtualPrinter()
        let back = VirtualPrinter()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slime.run() }
            group.addTask { try await printer.run() }
            group.addTask { try await back.run() }
            defer { group.cancelAll() }
            let plain = try await slime.endpoint()
            let (url, options) =
                try way?(plain) ?? (plain, SlimeCallOptions(timeout: .seconds(10), connections: 4))
            let client = SlimeClient(
                endpoint: SlimeEndpoint(url: url, keyID: account.keyID, secret: account.secret), options: options)
            let ownFront = device(at: try await printer.address())
            let devices = [("front", front ?? ownFront), ("back", device(at: try await back.address()))]
            guard
                let routing = PrinterRouting([
                    .init(printer: "front", terminals: []), .init(printer: "back", terminals: ["B"]),
                ])
            else { throw FixtureError() }
            let observability = Observability(
                printers: devices.map { ($0.0, "tcp", dots) }, provider: inUse, clock: time.clock,
                logger: saleLog ?? logger)
            let board = observability.board
            try await observability.publisher.follow(outbox)
            let stations = try devices.map { name, device in
                PrinterStation(
                    settings: PrintWorkerSettings(
                        printer: Printer(
                            name: name, device: device, model: PrinterModel(widthInDots: dots),
                            observer: { board.record(name, $0, at: time.now, logger: logger) }),
                        cut: .partial, hasDrawer: hasDrawer,
                        fallback: hasFallback && name == "front" ? PrinterFallback(printer: "back") : nil,
                        printsDocuments: printsDocuments && name == "front"),
                    papers: try papers(dots: dots))
            }
            var configuration = GatewayConfiguration(saleDefaults: try defaults(), routing: routing)
            configuration.concurrency[.slime] = concurrency
            configuration.healthCheckInterval = healthCheckInterval
            configuration.documents = documents
            if printsDocuments { configuration.documentPrinter = "front" }
            configuration.version = "test"
            let slimeService = SlimeService(
                client: client, clock: ServiceClock(time.clock),
                observer: observability.observer(of: .slime, calls: SlimeService.calls, logger: logger))
            let before = SaleOperations(
                outbox: outbox, providers: ProviderSet(slimeService), configuration: configuration,
                environment: GatewayEnvironment(clock: time.clock, clockMonitor: clocks))
            for id in owed { _ = try await before.accept(event(id), from: .till("before")) }
            let gateway = GatewayComponents(
                configuration, outbox: outbox,
                providers: try await providers(slimeService).withMissing(in: outbox, clock: time.clock),
                stations: stations, observability: observability,
                environment: GatewayEnvironment(clock: time.clock, clockMonitor: clocks))
            let shop = Shop(
                outbox: outbox, slime: slime, printer: printer, back: back, board: board, gateway: gateway, time: time,
                clocks: clocks, client: client,
                metrics: MetricsExporter(
                    registry: observability.registry,
                    sources: MetricsSources(
                        report: {
                            MonitorReport(
                                figures: try? await outbox.figures().shifted(by: time.clock.shownAhead), readAt: nil,
                                room: nil, alarms: [])
                        },
                        printers: { board.all.map { PrinterCondition($0) } }, services: gateway.monitored,
                        documentPrinter: configuration.documentPrinter),
                    minimumFreeSpace: 0, version: "test", clock: time.clock))
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(
                    try await withThrowingTaskGroup(of: Void.self) { loops in
                        if staff == .jobWorker || staff == .both {
                            for jobWorker in gateway.jobWorkers { loops.addTask { try await jobWorker.run() } }
                        }
                        if staff == .printWorker || staff == .both {
                            for printWorker in gateway.printWorkers { loops.addTask { try await printWorker.run() } }
                        }
                        defer { loops.cancelAll() }
                        return try await body(shop)
                    })
            } catch {
                outcome = .failure(error)
            }
            // Also after a failure: a client that is dropped without it ends the whole test run.
            try await client.shutdown()
            try outbox.close()
            return try outcome.get()
        }
    }

    /// A printer that nobody reaches, for what is only drawn.
    static func station(_ name: String, papers: PaperMaker) throws -> PrinterStation {
        PrinterStation(
            settings: PrintWorkerSettings(
                printer: Printer(name: name, device: .tcp(host: "127.0.0.1", port: 9)), cut: .partial,
                hasDrawer: false),
            papers: papers)
    }

    private static func device(at address: (host: String, port: Int)) -> PrinterDevice {
        .tcp(host: address.host, port: address.port)
    }

    static func defaults(rounding: RoundingRule = .line) throws -> SaleDefaults {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07") else { throw FixtureError() }
        return SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: rounding))
    }

    static func papers(rounding: RoundingRule = .line, dots: Int = 576) throws -> PaperMaker {
        guard let taxID = TaxID("0105561000003"), let branch = BranchID("00000") else { throw FixtureError() }
        return try PaperMaker(
            store: StoreIdentity(name: "ร้านตัวอย่าง", taxID: taxID, branchID: branch), style: ReceiptStyle(),
            registers: [:],
            defaults: defaults(rounding: rounding), offers: [.slime: .fullInvoice], widthInDots: dots)
    }

    /// Hands a sale in as a till does.
    @discardableResult
    func sell(
        _ id: String, extra: String = "", from source: SaleSource = .till("test")
    ) async throws -> TransactionID {
        try await sales.accept(Self.event(id, extra: extra), from: source).view.record.id
    }

    private static func event(_ id: String, extra: String = "") -> [UInt8] {
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true}]}\(extra)}
            """
        return Array(text.utf8)
    }

    /// What is wrong by the figures of this moment, where no alarm monitor runs.
    func alarms() async -> [Alarm] { await gateway.alarmMonitor.report(within: .milliseconds(1)).alarms }

    /// The sale once `isDone` says so; the test's time limit is the only other end.
    func sale(_ id: TransactionID, once isDone: (SaleView) -> Bool) async throws -> SaleView {
        let ticks = outbox.changes.ticks(of: .sale(id))
        var view = try await sales.sale(id)
        if isDone(view) { return view }
        for await _ in ticks {
            view = try await sales.sale(id)
            if isDone(view) { break }
        }
        return view
    }
}
