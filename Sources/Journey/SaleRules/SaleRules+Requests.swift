public import Foundation

// Papers that staff ask for, and papers whose printer cannot print.
extension SaleRules {
    /// Staff ask for a copy or a QR slip. While the original is not out yet, it goes to `printer` instead. One that was given
    /// up is queued again; one that is being printed stays where it is.
    ///
    /// - Returns: The paper that they get.
    public func row(
        askedFor kind: PrintMachine.Kind, on printer: String, in sale: SaleRows, at now: Date
    ) throws(PaperRefusal) -> SalePaper {
        guard kind != .qrSlip || sale.hasLink else { throw .noLink }
        if kind == .copy, let original = sale.papers.first(where: \.machine.isUnmarkedOriginal),
            !original.machine.isOut
        {
            return redirected(original, to: printer, at: now)
        }
        var paper = SalePaper(
            number: sale.nextNumber, machine: PrintMachine(kind: kind, mark: kind == .copy ? .copy : .none),
            printer: printer, askedAt: now)
        if kind == .copy { paper.copyNumber = sale.papers.count { $0.machine.kind == .copy } + 1 }
        return paper
    }

    private func redirected(_ original: SalePaper, to printer: String, at now: Date) -> SalePaper {
        var original = original
        // One that is being printed stays where it is.
        guard original.machine.state == .queued || (try? original.machine.apply(.requeued)) != nil else {
            return original
        }
        (original.printer, original.askedAt, original.isMissed) = (printer, now, false)
        return original
    }

    /// The fallback takes over a queued paper for good: it is not moved on from there.
    ///
    /// - Parameter printer: where it is, as far as the caller knows.
    public func row(
        handingPaper number: Int, from printer: String, to fallback: String, in sale: SaleRows
    ) throws(PaperRefusal) -> SalePaper {
        guard var paper = sale.paper(number) else { throw .noSuchPaper }
        guard paper.machine.state == .queued, paper.printer == printer else { throw .notQueuedThere }
        (paper.movedFrom, paper.printer) = (printer, fallback)
        return paper
    }
}
