public import Foundation

/// What follows for a sale's papers when one of them moves on, when the link comes, and when staff ask for one. Pure: a
/// sale's rows and an event go in, and the rows to write come out. They are written in the event's own commit.
public struct SaleRules: Sendable, Equatable {
    /// The largest age of a sale whose link, if it comes after the paper, is printed by itself as a slip: later the
    /// customer has gone. nil for no slips.
    public let lateSlipAge: Duration?

    public init(lateSlipAge: Duration? = nil) {
        self.lateSlipAge = lateSlipAge
    }

    /// What happens to a paper.
    public struct Step: Sendable, Equatable {
        public let event: PrintMachine.Event
        /// Whether the paper has a QR, if that is known now.
        public var withQR: Bool?
        /// The fallback for an automatic reprint; nil for the same printer.
        public var fallback: String?

        public init(_ event: PrintMachine.Event, withQR: Bool? = nil, fallback: String? = nil) {
            self.event = event
            self.withQR = withQR
            self.fallback = fallback
        }
    }

    /// A paper moves on. An uncertain original is printed again by itself, once. A paper that comes out replaces the failed
    /// ones before it. A link that came meanwhile is owed as a slip.
    ///
    /// - Parameter shownAhead: seconds by which the machine's clock is ahead of counted time.
    /// - Returns: The paper first; nothing if there is no such paper.
    public func rows(
        after step: Step, ofPaper number: Int, in sale: SaleRows, shownAhead: TimeInterval = 0
    ) throws(IllegalTransition) -> [SalePaper] {
        guard var paper = sale.paper(number) else { return [] }
        try paper.machine.apply(step.event.shown(ahead: shownAhead))
        paper.withQR = step.withQR ?? paper.withQR
        paper.isMissed = paper.machine.endedBadly
        var rows = [paper]
        if paper.machine.owesReprint { rows.append(reprint(of: paper, step, in: sale)) }
        if paper.machine.state == .printed { rows += madeUp(for: paper, in: sale) }
        if paper.machine.isOut, !paper.machine.isIncomplete, let now = step.event.time {
            rows += lateSlip(in: sale.writing(rows), at: now)
        }
        return rows
    }

    /// The sale's link has come.
    public func rowsAfterLink(in sale: SaleRows, at now: Date) -> [SalePaper] {
        lateSlip(in: sale, at: now)
    }

    /// Printed again with what is known by then; nobody waits for its QR.
    private func reprint(of paper: SalePaper, _ step: Step, in sale: SaleRows) -> SalePaper {
        var reprint = SalePaper(
            number: sale.nextNumber, machine: PrintMachine(kind: .receipt, mark: .reprint), printer: paper.printer,
            askedAt: step.event.time ?? paper.askedAt)
        if let fallback = step.fallback { (reprint.movedFrom, reprint.printer) = (reprint.printer, fallback) }
        return reprint
    }

    /// Nobody needs to attend any more to failed papers before it: this one says the same, or more.
    private func madeUp(for paper: SalePaper, in sale: SaleRows) -> [SalePaper] {
        sale.papers.filter { earlier in
            earlier.isMissed && earlier.number < paper.number
                && (paper.machine.kind != .qrSlip || earlier.machine.kind == .qrSlip)
        }.map { earlier in
            var earlier = earlier
            earlier.isMissed = false
            return earlier
        }
    }

    /// The slip of a sale whose link has come: once, if a paper is out without it, and no other paper has it or will have it.
    private func lateSlip(in sale: SaleRows, at now: Date) -> [SalePaper] {
        guard let lateSlipAge, sale.hasLink, !sale.papers.contains(where: \.carriesLink),
            let bare = sale.papers.last(where: { $0.machine.kind == .receipt && $0.machine.isOut })
        else { return [] }
        let expiry = sale.receivedAt + lateSlipAge.inSeconds
        guard now <= expiry else { return [] }
        var slip = SalePaper(
            number: sale.nextNumber, machine: PrintMachine(kind: .qrSlip, mark: .none), printer: bare.printer,
            askedAt: now)
        slip.expiresAt = expiry
        return [slip]
    }
}
