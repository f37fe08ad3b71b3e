import Foundation
import GRDB
import Journey

/// When a link that came after the paper is printed by itself, as a slip.
public struct LateSlips: Sendable, Equatable {
    /// The largest age of its sale: later the customer has gone. nil for no slips.
    public let maximumAge: Duration?

    public static let none = LateSlips(maximumAge: nil)

    public init(maximumAge: Duration?) {
        self.maximumAge = maximumAge
    }

    /// Queues the slip of a sale whose link has come: once, if a paper is out without it, and no other paper has it or
    /// will have it.
    ///
    /// - Parameter shownAhead: seconds by which the machine's clock is ahead of `now`, which is counted.
    func queueIfOwed(
        to saleSeq: Int64, at now: Date, shownAhead: TimeInterval, in db: Database, noting log: ChangeLog
    ) throws {
        guard let maximumAge else { return }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT aged_from, state FROM job WHERE sale_seq = ? AND kind = 'registration'"),
            arguments: [saleSeq])
        guard let row, (row["state"] as String?) == JobMachine.State.done.rawValue else { return }
        let expiry = try row.requiredTime("aged_from").addingTimeInterval(maximumAge.inSeconds)
        let prints = try SaleQueries.prints(of: saleSeq, in: db)
        guard now <= expiry, !prints.contains(where: \.carriesLink),
            let bare = prints.last(where: { $0.machine.kind == .receipt && $0.machine.isOut })
        else { return }
        try PrintQueries.insert(
            PrintMachine(kind: .qrSlip, mark: .none), of: saleSeq, printer: bare.printer, requestedAt: now,
            shownAhead: shownAhead, expiresAt: expiry, into: db)
        try PrintQueries.note(PrintQueries.row(db.lastInsertedRowID, in: db).print(), of: saleSeq, in: db, to: log)
    }
}

extension PrintRecord {
    /// Whether its paper has the link, or will have it: a queued paper is made with what is known by then. One that is
    /// being printed without it says so when it is out.
    var carriesLink: Bool {
        machine.kind == .qrSlip || machine.state == .queued || machine.state == .printing || showsLink
    }

    /// Whether the customer has the link on paper.
    public var showsLink: Bool { withQR && (machine.isOut || machine.state == .printing) }
}
