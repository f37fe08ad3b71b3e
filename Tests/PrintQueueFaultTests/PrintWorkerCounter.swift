import Foundation
import Gateway
import JSON
import Journey
import Logging
import Outbox
import PrintQueue
import Printing
import Receipts
import RemoteServices
import Runtime
import Sales
import Simulators
import TestServices

/// A shop's counter: a real outbox and the print workers of the printer `front` and, where there is one, of its fallback `back`.
///
/// No link is waited for, as the account is held. The print workers ask again after moments, by the real clock.
struct PrintWorkerCounter: Sendable {
    struct FixtureError: Error {}

    let outbox: Outbox
    let board: PrinterBoard
    private let sales: SaleOperations

    /// What `front` is given to put right by itself before `back` takes over, where there is one.
    static let fallbackAfter: Duration = .milliseconds(300)

    static func open<Value: Sendable>(
        front: PrinterDevice, back: PrinterDevice?, timeouts: PrinterTimeouts,
        _ body: (PrintWorkerCounter) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-counter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
        let reason = Failure(code: "Fund::InsufficientBalance", message: "top up", at: Date())
        try await outbox.setAccount(AccountState(condition: .held, failure: reason, since: reason.at), of: .slime)
        let devices = [("front", front)] + (back.map { [("back", $0)] } ?? [])
        let board = PrinterBoard(printers: devices.map { ($0.0, $0.1.description, 576) })
        let logger = Logger(label: "counter") { _ in SwiftLogNoOpLogHandler() }
        let printWorkers = try devices.map { name, device in
            let printer = Printer(
                name: name, device: device, timeouts: timeouts,
                observer: { board.record(name, $0, logger: logger) })
            return PrintWorker(
                settings: PrintWorkerSettings(
                    printer: printer, cut: .partial, hasDrawer: false,
                    fallback: name == "front" && back != nil
                        ? PrinterFallback(printer: "back", after: fallbackAfter) : nil,
                    limits: PrintLimits(retryInterval: .milliseconds(40))),
                outbox: outbox, papers: try papers(), board: board,
                context: LoopContext(logger: logger))
        }
        guard let routing = PrinterRouting([.init(printer: "front", terminals: [])]) else { throw FixtureError() }
        let counter = PrintWorkerCounter(
            outbox: outbox, board: board,
            sales: SaleOperations(
                outbox: outbox, providers: ProviderSet(ScriptedProvider()),
                configuration: GatewayConfiguration(saleDefaults: try defaults(), routing: routing)))
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(
                try await withThrowingTaskGroup(of: Void.self) { loops in
                    for printWorker in printWorkers { loops.addTask { try await printWorker.run() } }
                    defer { loops.cancelAll() }
                    return try await body(counter)
                })
        } catch {
            outcome = .failure(error)
        }
        try outbox.close()
        return try outcome.get()
    }

    private static func defaults() throws -> SaleDefaults {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07") else { throw FixtureError() }
        return SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
    }

    private static func papers() throws -> PaperMaker {
        guard let taxID = TaxID("0105561000003"), let branch = BranchID("00000") else { throw FixtureError() }
        return try PaperMaker(
            store: StoreIdentity(name: "ร้านตัวอย่าง", taxID: taxID, branchID: branch), style: ReceiptStyle(),
            registers: [:], defaults: defaults(), offers: [.slime: .fullInvoice], widthInDots: 576)
    }

    /// Hands a sale in as a till does.
    func sell(_ id: String = "A", lines: Int = 3) async throws -> TransactionID {
        let line = #"{"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true}"#
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00",
            "line_items":[\(Array(repeating: line, count: lines).joined(separator: ","))]}}
            """
        return try await sales.accept(Array(text.utf8), from: .till("test")).view.record.id
    }

    /// The prints of a sale once they are so; the test's time limit is the only other end.
    func prints(
        of id: TransactionID, once isDone: ([PrintRecord]) -> Bool
    ) async throws -> [PrintRecord] {
        let ticks = outbox.changes.ticks(of: .sale(id))
        var prints = try await sales.sale(id).record.prints
        if isDone(prints) { return prints }
        for await _ in ticks {
            prints = try await sales.sale(id).record.prints
            if isDone(prints) { break }
        }
        return prints
    }

    /// The prints of a sale once its last paper is out.
    func printed(_ id: TransactionID) async throws -> [PrintRecord] {
        try await prints(of: id) { $0.last?.machine.state == .printed }
    }
}
