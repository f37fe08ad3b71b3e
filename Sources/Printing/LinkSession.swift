import FaultPoints

/// A session over a connection of bytes: TCP, USB, a serial line, a file.
actor LinkSession: PrintSession {
    /// Small enough that a slow printer takes one within the stall time-out.
    static let pieceSize = 4 * 1_024

    let printer: Printer
    let connection: any PrinterConnection
    /// Whether the printer can say anything over this link.
    let answers: Bool
    private(set) var hasTakenBytes = false
    private(set) var bytesSent = 0
    private var book = StatusBook()
    private var parser = PrinterReplyParser()

    init(printer: Printer, connection: any PrinterConnection, answers: Bool) {
        self.printer = printer
        self.answers = answers
        self.connection = connection
    }

    var status: PrinterStatus? { book.status }

    func send(_ bytes: [UInt8]) async throws(PrintingError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if answers { _ = try await listen(for: .zero) }
            if !hasTakenBytes { try await makeSureItCanPrint() }
            let piece = rest.prefix(Self.pieceSize)
            hasTakenBytes = true
            try await hand(over: Array(piece))
            bytesSent += piece.count
            FaultPoint.pieceSent.pass()
            rest = rest.dropFirst(piece.count)
        }
    }

    func close() async {
        await connection.close()
    }

    /// Asks before the first byte, so that another printer can still take the paper over unmarked.
    private func makeSureItCanPrint() async throws(PrintingError) {
        guard let before = status, !before.canPrint else { return }
        try await ask(printer.memory.belief(now: .now).realTime ?? [], timeout: printer.timeouts.knownProbe)
        guard let now = status, !now.canPrint else { return }
        throw PrintingError(.notReady, "Printer \(printer.name) is \(now.summary). It goes on when that is put right.")
    }

    /// A printer that says it cannot print stops taking bytes; then they wait in the connection for as long as we are patient.
    private func hand(over piece: [UInt8]) async throws(PrintingError) {
        let deadline = ContinuousClock.now + printer.timeouts.patience
        do {
            return try await connection.write(piece, timeout: printer.timeouts.stall)
        } catch {
            try await letPass(error, until: deadline)
        }
        while true {
            do {
                return try await connection.flush(timeout: printer.timeouts.stall)
            } catch {
                try await letPass(error, until: deadline)
            }
        }
    }

    private func letPass(_ error: PrintingError, until deadline: ContinuousClock.Instant) async throws(PrintingError) {
        guard error.code == .stalled, answers, ContinuousClock.now < deadline else { throw error }
        _ = try await listen(for: .zero)
        guard let status, !status.canPrint else { throw error }
    }

    /// Puts real-time questions one after the other; true when all were answered in time.
    @discardableResult
    func ask(_ topics: [RealTimeTopic], timeout: Duration) async throws(PrintingError) -> Bool {
        for topic in topics {
            book.ask([topic])
            try await connection.write(ESCPOS.realTimeStatusRequest(topic), timeout: printer.timeouts.stall)
            let deadline = ContinuousClock.now + timeout
            while !book.asked.isEmpty {
                let left = deadline - .now
                guard left > .zero else {
                    book.ask([])
                    return false
                }
                _ = try await listen(for: left)
            }
        }
        return true
    }

    func noteQuestions(_ topics: [RealTimeTopic]) {
        book.ask(topics)
    }

    /// Reads once; what was heard is in the book when this returns.
    func listen(for time: Duration) async throws(PrintingError) -> [PrinterReply] {
        guard let bytes = try await connection.read(timeout: time) else {
            throw PrintingError(
                .connectionLost, "Printer \(printer.name) closed the connection. Check its cable and power.")
        }
        let before = book.status
        let replies = parser.parse(bytes)
        for reply in replies { book.take(reply) }
        if let status = book.status, status != before { printer.observer?(status) }
        return replies
    }
}
