/// One paper's conversation with a printer, from contact to the proof that it is out.
public protocol PrintSession: Sendable {
    /// What the printer said of itself when the session was opened, or since; nil from a printer that says nothing.
    var status: PrinterStatus? { get async }

    /// What is wrong with the line to the printer, for people; nil where nothing is.
    var remark: String? { get async }

    /// Whether any byte of the paper (status questions apart) may have been taken by the printer.
    var hasTakenBytes: Bool { get async }

    /// What the paper is to be handed over as.
    var format: PaperFormat { get }

    /// Says how large each page of a PDF is, before its first byte: one of the sizes that ``format`` gives.
    func announce(_ page: PageSize) async

    /// Hands bytes of the paper over; returns when the system has taken all of them.
    ///
    /// Throws `notReady`, with nothing taken, when the printer says before the first byte that it cannot print.
    func send(_ bytes: [UInt8]) async throws(PrintingError)

    /// Waits until the paper is known to be out, and says how that is known.
    func complete() async throws(PrintingError) -> Confirmation

    /// Waits until all that was sent is with the printer, and asks for no proof: for what brings no paper.
    func deliver() async throws(PrintingError)

    /// Ends the session. Always to be called, whatever was thrown before.
    func close() async
}

extension PrintSession {
    var format: PaperFormat { .escpos }

    var remark: String? { nil }

    /// A roll of ESC/POS has no pages.
    func announce(_ page: PageSize) async {}
}
