public import PrintQueue
public import Receipts

/// A printer of the store, with the maker of its papers.
public struct PrinterStation: Sendable {
    public let settings: PrintWorkerSettings
    public let papers: PaperMaker

    public init(settings: PrintWorkerSettings, papers: PaperMaker) {
        self.settings = settings
        self.papers = papers
    }
}
