/// A paper as a job of a print server's queue.
///
/// The server keeps the job until its document is whole, so until then the printer has taken nothing.
actor CUPSSession: PrintSession {
    /// A raw queue passes this on unchanged.
    private static let rawFormat = "application/vnd.cups-raw"
    /// A driver takes this.
    static let pdfFormat = "application/pdf"
    private static let pieceSize = 32 * 1_024

    private let printer: Printer
    private let queue: CUPSQueue
    private let client: CUPSClient
    nonisolated let format: PaperFormat
    private var page: PageSize?
    private(set) var status: PrinterStatus?
    private(set) var hasTakenBytes = false
    private var hasBegun = false
    private var bytesSent = 0
    private var isOver = false
    private var isClosed = false
    /// Whether the printer was known to be in step when the server got the job.
    private var wasInStep = false

    private init(
        printer: Printer, queue: CUPSQueue, client: CUPSClient, format: PaperFormat, status: PrinterStatus
    ) {
        self.printer = printer
        self.queue = queue
        self.client = client
        self.format = format
        self.status = status
    }

    static func open(printer: Printer, queue: CUPSQueue) async throws(PrintingError) -> CUPSSession {
        let timeout = printer.timeouts.connect
        let (client, report) = try await queue.call(within: timeout * 4) { () throws(PrintingError) in
            let client = try CUPSClient(queue: queue, timeout: timeout)
            return (client, try client.printer())
        }
        guard let format = report.paperFormat else {
            throw PrintingError(
                .notReady,
                """
                The driver of \(queue.device) takes no PDF at the print server. Install cups-filters there, \
                or make a raw queue for a printer that takes ESC/POS.
                """)
        }
        return CUPSSession(printer: printer, queue: queue, client: client, format: format, status: report.status)
    }

    func announce(_ page: PageSize) {
        self.page = page
    }

    func send(_ bytes: [UInt8]) async throws(PrintingError) {
        if !hasBegun { try await begin() }
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Self.pieceSize))
            try await call { (client) throws(PrintingError) in try client.write(piece) }
            bytesSent += piece.count
            rest = rest.dropFirst(piece.count)
        }
    }

    func prepare() async throws(PrintingError) {
        let report = try await call { (client) throws(PrintingError) in try client.printer() }
        update(report.status)
        guard report.wouldBegin else {
            throw PrintingError(
                .notReady,
                report.isAccepting
                    ? "Printer \(printer.name) is stopped at the print server. Put it right, then: cupsenable \(queue.name)"
                    : "Printer \(printer.name) takes no jobs at the print server. To change that: cupsaccept \(queue.name)"
            )
        }
        guard !report.printsTwice else {
            throw PrintingError(
                .notReady,
                """
                The print server would print a receipt twice when printer \(printer.name) breaks off. To change that: \
                lpadmin -p \(queue.name) -o printer-error-policy=abort-job
                """)
        }
    }

    /// The queue may have been stopped since it was asked.
    private func begin() async throws(PrintingError) {
        try await prepare()
        hasBegun = true
        try await beginJob()
        guard format == .escpos, printer.memory.mayBeMidCommand else { return }
        // The server passes our bytes on unchanged, so a job that broke off left the printer in the middle of a
        // command.
        let bytes = printer.encoder.bringIntoStep(widthInDots: printer.widthInDots)
        try await call { (client) throws(PrintingError) in try client.write(bytes) }
    }

    private func beginJob() async throws(PrintingError) {
        guard case .pdf(let sizes) = format else {
            return try await call { (client) throws(PrintingError) in try client.begin(format: Self.rawFormat) }
        }
        let media = page.flatMap(sizes.media(for:))
        try await call { (client) throws(PrintingError) in
            // The page is as large as the paper: scaling would blur the QR, and fitting would add the margins a second
            // time.
            if let media {
                try client.begin(format: Self.pdfFormat, options: ["media": media, "print-scaling": "none"])
            } else {
                try client.begin(format: Self.pdfFormat, options: ["print-scaling": "none"])
            }
        }
    }

    func complete() async throws(PrintingError) -> Confirmation {
        hasTakenBytes = true
        wasInStep = !printer.memory.mayBeMidCommand
        printer.memory.beganToSpeak()
        try await call { (client) throws(PrintingError) in try client.finish() }
        var machine = CUPSJobMachine(
            timeouts: printer.timeouts, printing: CompletionMachine.printing(bytes: bytesSent), now: .now)
        while true {
            switch try await look(&machine) {
            case .wait:
                do {
                    try await Task.sleep(for: printer.timeouts.poll)
                } catch {
                    throw PrintingError(.cancelled, "Printing on \(printer.name) was given up.", underlying: error)
                }
            case .printed:
                isOver = true
                printer.memory.wasHeardOut()
                return .cups
            case .failed(let code, let reason):
                await cancel()
                throw PrintingError(code, "Printer \(printer.name): \(reason).")
            }
        }
    }

    /// The server drops a job whose document is incomplete, and reports when it has passed one on.
    func deliver() async throws(PrintingError) {
        _ = try await complete()
    }

    private func look(_ machine: inout CUPSJobMachine) async throws(PrintingError) -> CUPSJobMachine.Action {
        do {
            let (job, report) = try await call { (client) throws(PrintingError) in
                (try client.job(), try client.printer())
            }
            let action = machine.heard(job, status: report.status, now: .now)
            var status = report.status
            if action == .wait, machine.isStuck(now: .now) { status.faults.insert(.offline) }
            update(status)
            return action
        } catch {
            guard error.code == .connectionLost || error.code == .stalled else { throw error }
            return machine.unheard(now: .now)
        }
    }

    func close() async {
        guard !isClosed else { return }
        isClosed = true
        if hasBegun, !isOver { await cancel() }
    }

    /// Nothing of a paper that was given up may come out later; a job that was never begun took nothing from it.
    private func cancel() async {
        isOver = true
        let client = client
        let last = try? await queue.call(
            within: printer.timeouts.connect * 3, isCancellable: false
        ) { () throws(PrintingError) in
            // A finished job cannot be cancelled; its final state is asked for all the same.
            try? client.cancel()
            return try client.job()
        }
        guard last?.wasKeptBack == true else { return }
        hasTakenBytes = false
        if wasInStep { printer.memory.wasHeardOut() }
    }

    private func call<Value: Sendable>(
        _ body: @escaping @Sendable (CUPSClient) throws(PrintingError) -> Value
    ) async throws(PrintingError) -> Value {
        let client = client
        return try await queue.call(within: printer.timeouts.connect * 3) { () throws(PrintingError) in
            try body(client)
        }
    }

    private func update(_ now: PrinterStatus) {
        guard now != status else { return }
        status = now
        printer.observer?(now)
    }
}
