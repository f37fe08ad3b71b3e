public import Foundation
public import Journey

/// One piece of paper of a sale.
public struct PrintRecord: Sendable, Equatable {
    public let seq: Int64
    /// Counted from 1 within the sale.
    public let id: Int
    public let copyNumber: Int?
    public let printer: String
    /// The printer that it was meant for, if a fallback has taken over.
    public let movedFrom: String?
    public let withQR: Bool
    /// As the machine's clock showed it.
    public let requestedAt: Date
    /// When it was asked for, in counted time; its age counts from then.
    public let agedFrom: Date
    /// Until then it waits for the QR.
    public let waitsUntil: Date
    /// When it is of no use any more; nil if only the configured age limits it.
    public let expiresAt: Date?
    public let machine: PrintMachine
    /// Whether it ended without a known paper, and nobody has acknowledged that or got another paper since.
    let isMissed: Bool

    /// Whether the customer has the link on paper.
    public var showsLink: Bool { paper.showsLink }
}

extension PrintRecord {
    /// For the rules to read.
    var paper: SalePaper {
        var paper = SalePaper(number: id, machine: machine, printer: printer, askedAt: agedFrom)
        (paper.movedFrom, paper.copyNumber, paper.withQR) = (movedFrom, copyNumber, withQR)
        (paper.expiresAt, paper.isMissed) = (expiresAt, isMissed)
        return paper
    }

    /// After a rule's row is written in its place.
    init(_ print: PrintRecord, movedTo paper: SalePaper, shownAhead: TimeInterval) {
        self.init(
            print.seq, paper,
            requestedAt: paper.askedAt == print.agedFrom ? print.requestedAt : paper.askedAt + shownAhead,
            waitsUntil: print.waitsUntil)
    }

    /// As a read would return it: to the millisecond.
    init(_ seq: Int64, _ paper: SalePaper, requestedAt: Date, waitsUntil: Date) {
        let (kept, end) = (paper.machine, paper.machine.finishedAt?.toMilliseconds)
        self.init(
            seq: seq, id: paper.number, copyNumber: paper.copyNumber, printer: paper.printer,
            movedFrom: paper.movedFrom, withQR: paper.withQR, requestedAt: requestedAt.toMilliseconds,
            agedFrom: paper.askedAt.toMilliseconds, waitsUntil: waitsUntil.toMilliseconds,
            expiresAt: paper.expiresAt?.toMilliseconds,
            machine: PrintMachine(
                kind: kept.kind, mark: kept.mark, state: kept.state, confirmedBy: kept.confirmedBy, finishedAt: end,
                error: kept.error), isMissed: paper.isMissed)
    }
}
