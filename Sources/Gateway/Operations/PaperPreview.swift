import Foundation
import Journey
public import Outbox
import PrintQueue
import Printing
import Raster
import Receipts
public import Sales

/// Shows what would be printed now, on the paper of the sale's printer.
public struct PaperPreview: Sendable {
    private let outbox: Outbox
    private let routing: PrinterRouting
    private let stations: [String: PrinterStation]

    public init(outbox: Outbox, routing: PrinterRouting, stations: [PrinterStation]) {
        self.outbox = outbox
        self.routing = routing
        self.stations = Dictionary(
            stations.map { ($0.settings.printer.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The receipt: the original while it is not out, a copy after that.
    public func paper(of id: TransactionID) async throws(OperationError) -> PreviewedPaper {
        do {
            let record = try await outbox.sale(id)
            let kept = try await outbox.kept(id)
            let printer = record.prints.last?.printer ?? routing.printer(forTerminal: record.terminalID)
            let copies = record.prints.count { $0.machine.kind == .copy }
            let isOriginal = record.original.map { !$0.machine.isOut } ?? false
            let kind = PaperKind.receipt(isOriginal ? .none : .copy(number: copies + 1))
            guard let station = stations[printer] ?? stations[routing.common] else {
                throw OperationError.wrongState("the printer \(printer) is no longer configured")
            }
            let maker = station.papers
            let sale = try maker.sale(kept)
            let link = maker.link(of: record.registration, record.invoice)
            return PreviewedPaper(
                content: maker.content(of: kind, for: sale, with: link),
                brief: { maker.content(of: kind, for: sale, with: link, isBrief: true) },
                maker: maker, encoder: station.settings.printer.encoder)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .wrongState("the paper cannot be made: \(error)")
        }
    }
}

/// A paper to look at, in the requested form. Each throws `wrongState` if it cannot be drawn.
public struct PreviewedPaper: Sendable {
    let content: PaperContent
    /// The same without the parts that a receipt can spare, for one that is too long for any roll.
    let brief: @Sendable () -> PaperContent
    let maker: PaperMaker
    let encoder: ESCPOS

    public func png() async throws(OperationError) -> [UInt8] {
        try await drawn { try await maker.set($0.blocks).png() }
    }

    /// A page of the paper's size, with selectable text.
    public func pdf() async throws(OperationError) -> [UInt8] {
        try await drawn { try await maker.pdf($0.blocks) }
    }

    /// The bytes of the picture as the printer would get them, without cut and drawer.
    public func escpos() async throws(OperationError) -> [UInt8] {
        try await drawn { encoder.initialise() + encoder.image(try await maker.set($0.blocks)) }
    }

    /// If it does not fit on this printer's paper, that is not the caller's fault, and asking again does not help.
    private func drawn(_ form: (PaperContent) async throws -> [UInt8]) async throws(OperationError) -> [UInt8] {
        do {
            do {
                return try await form(content)
            } catch let error as ReceiptError where error.code == .paperTooLong {
                return try await form(brief())
            }
        } catch {
            throw .wrongState("the paper cannot be drawn: \(error)")
        }
    }
}
