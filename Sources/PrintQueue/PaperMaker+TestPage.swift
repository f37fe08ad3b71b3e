import Printing
import Receipts

extension PaperMaker {
    /// A page that shows what a printer can do, and says how it is cut; with nil a driver decides that.
    func testPage(of printer: Printer, cut: CutKind?) throws(ReceiptError) -> [Block] {
        try TestPage.blocks(
            printer: printer.name, width: printer.widthInDots,
            particulars: [("device", printer.device.description), ("profile", printer.profile.name)],
            end: cut.map { .init($0) })
    }

    /// A short paper for a cut of its own.
    func testStrip(cut: CutKind) -> [Block] {
        TestPage.strip(.init(cut))
    }
}

extension TestPage.End {
    init(_ cut: CutKind) {
        switch cut {
        case .full: self = .fullCut
        case .partial: self = .partialCut
        case .none: self = .tornOff
        }
    }
}
