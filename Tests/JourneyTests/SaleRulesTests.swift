import Foundation
import Testing

@testable import Journey

/// What follows for a sale's papers, by table.
@Suite struct SaleRulesTests {
    private static let received = Date(timeIntervalSince1970: 1_795_144_500)
    private static let rules = SaleRules(lateSlipAge: .seconds(120))

    /// A paper of `front`, as it stands in a table.
    private static func paper(
        _ number: Int, _ kind: PrintMachine.Kind, _ state: PrintMachine.State, mark: PrintMachine.Mark = .none,
        withQR: Bool = false
    ) -> SalePaper {
        var paper = SalePaper(
            number: number, machine: PrintMachine(kind: kind, mark: mark, state: state), printer: "front",
            askedAt: received)
        paper.withQR = withQR
        paper.isMissed = paper.machine.endedBadly
        return paper
    }

    private static func sale(_ papers: SalePaper..., hasLink: Bool = false) -> SaleRows {
        SaleRows(receivedAt: received, hasLink: hasLink, papers: papers)
    }

    private static func told(_ rows: [SalePaper]) -> [String] {
        rows.map { "\($0.number) \($0.machine.kind.rawValue) \($0.machine.mark) \($0.machine.state) \($0.printer)" }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sale: SaleRows
        var of = 1
        let step: SaleRules.Step
        let rows: [String]
    }

    private static let gone = PrintMachine.Event.lostContact(reason: "cable", at: received + 5)
    private static let out = PrintMachine.Event.confirmed(.processID, at: received + 5)
    private static let outWithout = PrintMachine.Event.confirmed(.processID, at: received + 5, lacking: "no QR")

    private static let cases: [Case] = [
        Case(
            testDescription: "a paper that begins changes nothing else",
            sale: sale(paper(1, .receipt, .queued)), step: .init(.began, withQR: true),
            rows: ["1 receipt none printing front"]),
        Case(
            testDescription: "an uncertain original is printed again, marked",
            sale: sale(paper(1, .receipt, .printing)), step: .init(gone),
            rows: ["1 receipt none uncertain front", "2 receipt reprint queued front"]),
        Case(
            testDescription: "on the fallback, where that takes over",
            sale: sale(paper(1, .receipt, .printing)), step: .init(gone, fallback: "back"),
            rows: ["1 receipt none uncertain front", "2 receipt reprint queued back"]),
        Case(
            testDescription: "an uncertain reprint is not printed a second time",
            sale: sale(paper(1, .receipt, .uncertain), paper(2, .receipt, .printing, mark: .reprint)), of: 2,
            step: .init(gone), rows: ["2 receipt reprint uncertain front"]),
        Case(
            testDescription: "nor is an uncertain copy",
            sale: sale(paper(1, .receipt, .printed), paper(2, .receipt, .printing, mark: .copy)), of: 2,
            step: .init(gone),
            rows: ["2 receipt copy uncertain front"]),
        Case(
            testDescription: "paper that came out without the link that is there owes it as a slip",
            sale: sale(paper(1, .receipt, .printing), hasLink: true), step: .init(out),
            rows: ["1 receipt none printed front", "2 qr_slip none queued front"]),
        Case(
            testDescription: "not where it carries it",
            sale: sale(paper(1, .receipt, .printing, withQR: true), hasLink: true), step: .init(out),
            rows: ["1 receipt none printed front"]),
        Case(
            testDescription: "nor where the link did not fit: a slip would end alike",
            sale: sale(paper(1, .receipt, .printing), hasLink: true), step: .init(outWithout),
            rows: ["1 receipt none printed front"]),
        Case(
            testDescription: "nor where the reprint that follows will carry it",
            sale: sale(paper(1, .receipt, .printing), hasLink: true), step: .init(gone),
            rows: ["1 receipt none uncertain front", "2 receipt reprint queued front"]),
        Case(
            testDescription: "nor where it fails",
            sale: sale(paper(1, .receipt, .queued), hasLink: true), step: .init(.failed(reason: "old", at: received)),
            rows: ["1 receipt none failed front"]),
        Case(
            testDescription: "a copy that came out makes up for a receipt and a slip that did not",
            sale: sale(
                paper(1, .receipt, .failed), paper(2, .qrSlip, .failed), paper(3, .copy, .printing, mark: .copy)),
            of: 3, step: .init(out),
            rows: ["3 copy copy printed front", "1 receipt none failed front", "2 qr_slip none failed front"]),
        Case(
            testDescription: "a slip makes up for slips alone",
            sale: sale(
                paper(1, .receipt, .failed), paper(2, .qrSlip, .failed), paper(3, .qrSlip, .printing, withQR: true)),
            of: 3, step: .init(out), rows: ["3 qr_slip none printed front", "2 qr_slip none failed front"]),
        Case(
            testDescription: "nothing makes up for what comes after it",
            sale: sale(paper(1, .copy, .printing, mark: .copy), paper(2, .copy, .failed, mark: .copy)),
            step: .init(out),
            rows: ["1 copy copy printed front"]),
    ]

    @Test("what happens to a paper leads to these rows", arguments: cases)
    func paperMoves(_ it: Case) throws {
        let rows = try Self.rules.rows(after: it.step, ofPaper: it.of, in: it.sale)
        #expect(Self.told(rows) == it.rows)
        // What is made up for needs no hand any more, and what was queued does not yet.
        #expect(rows.dropFirst().allSatisfy { !$0.isMissed })
        #expect(rows.first?.isMissed == rows.first?.machine.endedBadly)
    }

    @Test("an event that does not fit is refused, and there is nothing to write for a paper that is not there")
    func illegal() throws {
        let sale = Self.sale(Self.paper(1, .receipt, .printed))
        #expect(throws: IllegalTransition.self) { try Self.rules.rows(after: .init(.began), ofPaper: 1, in: sale) }
        #expect(try Self.rules.rows(after: .init(.began), ofPaper: 2, in: sale).isEmpty)
    }

    @Test("what ended is written as the machine's clock shows it; what follows is counted on")
    func bothClocks() throws {
        let sale = Self.sale(Self.paper(1, .receipt, .printing))
        let rows = try Self.rules.rows(after: .init(Self.gone), ofPaper: 1, in: sale, shownAhead: 3_600)
        #expect(rows.first?.machine.finishedAt == Self.received + 5 + 3_600)
        #expect(rows.last?.askedAt == Self.received + 5)
    }

    @Test(
        "a link that comes after the paper is owed as one slip while its customer is there",
        arguments: [
            (sale(paper(1, .receipt, .printed)), 120.0, true), (sale(paper(1, .receipt, .printed)), 121, false),
            (sale(paper(1, .receipt, .queued)), 1, false), (sale(paper(1, .receipt, .printing)), 1, false),
            (sale(paper(1, .receipt, .printed, withQR: true)), 1, false), (sale(), 1, false),
            (sale(paper(1, .receipt, .failed)), 1, false),
            (sale(paper(1, .receipt, .printed), paper(2, .qrSlip, .failed)), 1, false),
            (sale(paper(1, .receipt, .uncertain), paper(2, .receipt, .printed, mark: .reprint)), 1, true),
            (sale(paper(1, .receipt, .uncertain), paper(2, .receipt, .queued, mark: .reprint)), 1, false),
        ])
    func lateLink(sale: SaleRows, after seconds: TimeInterval, isOwed: Bool) {
        let sale = SaleRows(receivedAt: sale.receivedAt, hasLink: true, papers: sale.papers)
        let rows = Self.rules.rowsAfterLink(in: sale, at: Self.received + seconds)
        #expect(rows.map(\.machine.kind) == (isOwed ? [.qrSlip] : []))
        #expect(rows.allSatisfy { $0.expiresAt == Self.received + 120 && $0.number == sale.papers.count + 1 })
        #expect(SaleRules().rowsAfterLink(in: sale, at: Self.received + seconds).isEmpty)
    }

    @Test("while the original is not out, a copy that is asked for is the original, elsewhere")
    func redirect() throws {
        let later = Self.received + 60
        for state in [PrintMachine.State.queued, .failed, .cancelled] {
            let sale = Self.sale(Self.paper(1, .receipt, state))
            let row = try Self.rules.row(askedFor: .copy, on: "back", in: sale, at: later)
            #expect(Self.told([row]) == ["1 receipt none queued back"])
            #expect(row.askedAt == later && !row.isMissed)
        }
        // It is in a printer's hands already.
        let printing = Self.paper(1, .receipt, .printing)
        #expect(
            try Self.rules.row(askedFor: .copy, on: "back", in: Self.sale(printing), at: later) == printing)
    }

    @Test("copies are numbered, and a slip needs a link")
    func asked() throws {
        let sale = Self.sale(
            Self.paper(1, .receipt, .uncertain), Self.paper(2, .copy, .failed, mark: .copy), hasLink: true)
        let copy = try Self.rules.row(askedFor: .copy, on: "back", in: sale, at: Self.received)
        #expect(Self.told([copy]) == ["3 copy copy queued back"])
        #expect(copy.copyNumber == 2)
        let slip = try Self.rules.row(askedFor: .qrSlip, on: "back", in: sale, at: Self.received)
        #expect(Self.told([slip]) == ["3 qr_slip none queued back"])
        #expect(slip.copyNumber == nil && slip.expiresAt == nil)
        #expect(throws: PaperRefusal.noLink) {
            try Self.rules.row(askedFor: .qrSlip, on: "back", in: Self.sale(), at: Self.received)
        }
    }

    @Test("the fallback takes over what is queued, from where it is")
    func handedOver() throws {
        let sale = Self.sale(Self.paper(1, .receipt, .queued), Self.paper(2, .copy, .printing, mark: .copy))
        let row = try Self.rules.row(handingPaper: 1, from: "front", to: "back", in: sale)
        #expect((row.printer, row.movedFrom) == ("back", "front"))
        for (number, printer, refusal) in [
            (1, "attic", PaperRefusal.notQueuedThere), (2, "front", .notQueuedThere), (3, "front", .noSuchPaper),
        ] {
            #expect(throws: refusal) {
                try Self.rules.row(handingPaper: number, from: printer, to: "back", in: sale)
            }
        }
    }
}
