import Foundation
import Journey
public import Outbox
public import Raster
import Receipts
public import Sales

/// Shows what would be printed now, on the paper of the sale's printer.
public struct PaperPreview: Sendable {
    private let outbox: Outbox
    private let routing: PrinterRouting
    private let papers: [String: PaperMaker]

    /// - Parameter papers: one maker for each printer, by its name.
    public init(outbox: Outbox, routing: PrinterRouting, papers: [String: PaperMaker]) {
        self.outbox = outbox
        self.routing = routing
        self.papers = papers
    }

    /// The receipt: the original while it is not out, a copy after that.
    public func paper(of id: TransactionID) async throws(DeskRefusal) -> Bitmap {
        do {
            let record = try await outbox.sale(id)
            let kept = try await outbox.event(of: id)
            let printer = record.prints.last?.printer ?? routing.printer(forTerminal: record.terminalID)
            let copies = record.prints.count { $0.machine.kind == .copy }
            let isOriginal = record.original.map { !$0.machine.isOut } ?? false
            let kind = PaperKind.receipt(isOriginal ? .none : .copy(number: copies + 1))
            guard let maker = papers[printer] ?? papers[routing.common] else {
                throw DeskRefusal.wrongState("the printer \(printer) is no longer configured")
            }
            let sale = try maker.sale(kept: kept.event, terms: kept.terms)
            let content = maker.content(of: kind, for: sale, serviceURL: record.registration.serviceURL)
            return try await maker.set(content.blocks)
        } catch let refusal as DeskRefusal {
            throw refusal
        } catch let error as OutboxError {
            throw DeskRefusal(error)
        } catch {
            throw .wrongState("the paper cannot be made: \(error)")
        }
    }
}
