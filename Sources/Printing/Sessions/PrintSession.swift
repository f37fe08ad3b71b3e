/// One paper's conversation with a printer, from contact to the proof that it is out.
public protocol PrintSession: Sendable {
    /// The printer's status when the session was opened, or since; nil from a printer that never answers.
    var status: PrinterStatus? { get async }

    /// What is wrong with the line to the printer, for people; nil if nothing is.
    var remark: String? { get async }

    /// Whether the printer may have taken any byte of the paper (status questions do not count).
    var hasTakenBytes: Bool { get async }

    /// The format for the paper.
    var format: PaperFormat { get }

    /// Sets the size of each page of a PDF before its first byte: one of the sizes of ``format``.
    func announce(_ page: PageSize) async

    /// Asks whether the printer would take a paper now, as far as it says so without one. Throws `notReady` if not; nothing
    /// has been taken then.
    func prepare() async throws(PrintingError)

    /// Sends bytes of the paper; returns when the system has taken all of them.
    ///
    /// Throws `notReady`, with nothing taken, if the printer says before the first byte that it cannot print.
    func send(_ bytes: [UInt8]) async throws(PrintingError)

    /// Waits until the paper is known to be out, and returns how that is known.
    func complete() async throws(PrintingError) -> Confirmation

    /// Waits until the printer has everything, and asks for no proof: for requests that print nothing.
    func deliver() async throws(PrintingError)

    /// Ends the session. Always call it, whatever was thrown before.
    func close() async
}

extension PrintSession {
    var format: PaperFormat { .escpos }

    var remark: String? { nil }

    /// A printer that answers has said it at the opening.
    func prepare() async throws(PrintingError) {}

    /// A roll of ESC/POS has no pages.
    func announce(_ page: PageSize) async {}
}
