import FaultPoints

/// A session over a connection of bytes: TCP, USB, a serial line, a file.
actor LinkSession: PrintSession {
    /// Small enough for a slow printer to take within the stall time-out.
    static let pieceSize = 4 * 1_024

    let printer: Printer
    let connection: any PrinterConnection
    /// Whether the printer can answer over this link.
    let answers: Bool
    private(set) var hasTakenBytes = false
    private(set) var bytesSent = 0
    private(set) var book: StatusBook
    private var parser = PrinterReplyParser()
    /// Whether bytes came that no printer sends. Nothing from such a line is trusted.
    private(set) var isNoisy = false
    /// Whether the printer was able to print, as far as was known before that.
    private(set) var couldPrint = true
    private var hasSpoken = false
    /// Whether the bytes so far end with a whole command, and all of them were taken.
    private var isWhole = true
    /// Whether the printer is not in its usual state: it is silent, or has gone.
    private var isInDoubt = false
    private var isClosed = false

    init(printer: Printer, connection: any PrinterConnection, answers: Bool) {
        self.printer = printer
        self.answers = answers
        self.connection = connection
        book = StatusBook(expectsReports: printer.memory.hasAskedForReports)
    }

    var status: PrinterStatus? { book.status }

    var remark: String? {
        guard isNoisy else { return nil }
        return """
            bytes come from it that no printer sends, so its answers are not trusted; set a device server to raw TCP \
            without a banner, and check the cable
            """
    }

    func send(_ bytes: [UInt8]) async throws(PrintingError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if answers { _ = try await listen(for: .zero) }
            if !hasTakenBytes {
                try await makeSureItCanPrint()
                try await beginToSpeak()
            }
            let piece = rest.prefix(Self.pieceSize)
            hasTakenBytes = true
            isWhole = false
            if printer.profile.automaticStatus {
                printer.memory.askedForReports()
                book.expectsReports = true
            }
            try await hand(over: Array(piece))
            bytesSent += piece.count
            FaultPoint.pieceSent.pass()
            rest = rest.dropFirst(piece.count)
        }
        isWhole = true
    }

    func deliver() async throws(PrintingError) {
        try await connection.finish(timeout: printer.timeouts.stall)
        wasHeardOut()
    }

    func close() async {
        guard !isClosed else { return }
        isClosed = true
        if hasSpoken, isWhole, !isInDoubt, printer.memory.mayBeMidCommand,
            (try? await connection.finish(timeout: Self.farewell)) != nil
        {
            wasHeardOut()
        }
        await connection.close()
    }

    // MARK: - In step

    /// How long a close waits, without progress, to learn whether everything has arrived.
    private static let farewell: Duration = .milliseconds(200)

    /// Call it before anything else is sent. It brings a printer that may be in the middle of a command to that
    /// command's end: otherwise it would read our first bytes, questions too, as the rest. True if it did so just now.
    @discardableResult
    func beginToSpeak() async throws(PrintingError) -> Bool {
        guard !hasSpoken else { return false }
        hasSpoken = true
        guard printer.memory.mayBeMidCommand else { return false }
        var rest = bytesIntoStep[...]
        isWhole = false
        while !rest.isEmpty {
            try await connection.write(Array(rest.prefix(Self.pieceSize)), timeout: printer.timeouts.stall)
            rest = rest.dropFirst(Self.pieceSize)
        }
        try await connection.drain(timeout: printer.timeouts.catchUp)
        isWhole = true
        return true
    }

    var bytesIntoStep: [UInt8] { printer.encoder.bringIntoStep(widthInDots: printer.widthInDots) }

    /// Everything that was sent has arrived.
    func wasHeardOut() {
        printer.memory.wasHeardOut()
    }

    func raiseDoubt() {
        isInDoubt = true
    }

    /// If any of these bytes are lost, the printer is in the middle of a command.
    private func say(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError) {
        let wasWhole = isWhole
        isWhole = false
        printer.memory.beganToSpeak()
        try await connection.write(bytes, timeout: timeout)
        isWhole = wasWhole
    }

    // MARK: - Bytes of the paper

    /// Asks before the first byte, so another printer can still take the paper over unmarked.
    private func makeSureItCanPrint() async throws(PrintingError) {
        guard let before = status, !before.canPrint else { return }
        try await ask(printer.memory.belief(now: .now).realTime ?? [], timeout: printer.timeouts.knownProbe)
        guard let now = status, !now.canPrint else { return }
        throw PrintingError(.notReady, "Printer \(printer.name) is \(now.summary). It goes on once that is corrected.")
    }

    /// A printer that says it cannot print stops taking bytes; they then wait in the connection until the limit for
    /// staff's help.
    private func hand(over piece: [UInt8]) async throws(PrintingError) {
        let deadline = ContinuousClock.now + printer.timeouts.waitLimit
        do {
            return try await say(piece, timeout: printer.timeouts.stall)
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

    // MARK: - Questions and answers

    /// Asks real-time questions one after the other; true if all were answered in time.
    @discardableResult
    func ask(_ topics: [RealTimeTopic], timeout: Duration) async throws(PrintingError) -> Bool {
        for topic in topics {
            guard !isNoisy else { return false }
            book.ask([topic])
            try await say(ESCPOS.realTimeStatusRequest(topic), timeout: printer.timeouts.stall)
            let deadline = ContinuousClock.now + timeout
            while !book.asked.isEmpty {
                let left = deadline - .now
                guard left > .zero else {
                    book.ask([])
                    return false
                }
                _ = try await listen(for: left)
            }
            if isNoisy { return false }
        }
        return true
    }

    /// Sends questions whose answers come later, or never: one that stalls stays on its way.
    func put(_ question: [UInt8], about topics: [RealTimeTopic] = []) async throws(PrintingError) {
        if !topics.isEmpty { book.ask(topics) }
        if question.suffix(ESCPOS.queuedStatusRequest.count) == ESCPOS.queuedStatusRequest[...] { book.askQueued() }
        do {
            try await say(question, timeout: printer.timeouts.poll)
        } catch {
            guard error.code == .stalled else { throw error }
        }
    }

    /// Reads once, and assigns the answers to the questions; they are in the book when this returns.
    func listen(for time: Duration) async throws(PrintingError) -> [PrinterReply] {
        let bytes = try await hear(for: time)
        let before = book.status
        let answers = answers(in: bytes)
        if let status = book.status, status != before { printer.observer?(status) }
        return answers
    }

    private func hear(for time: Duration) async throws(PrintingError) -> [UInt8] {
        guard let bytes = try await connection.read(timeout: time) else {
            isInDoubt = true
            throw PrintingError(
                .connectionLost, "Printer \(printer.name) closed the connection. Check its cable and power.")
        }
        return bytes
    }

    /// One byte of noise makes everything that came with it and after it worthless: text and negotiations look like
    /// answers here and there.
    private func answers(in bytes: [UInt8]) -> [PrinterReply] {
        let noise = parser.noiseBytes
        let replies = parser.parse(bytes)
        guard !isNoisy else { return [] }
        var draft = book
        let judgements = replies.map { draft.take($0) }
        guard parser.noiseBytes == noise, !judgements.contains(.noise) else {
            isNoisy = true
            couldPrint = book.status?.canPrint != false
            book = StatusBook()
            return []
        }
        book = draft
        return zip(replies, judgements).filter { $0.1 == .answer }.map(\.0)
    }

    /// Discards what came before we asked anything, or around our first question, until the line is quiet.
    ///
    /// - Parameter quiet: how long nothing may come; with zero it only discards what is there already.
    func throwAway(untilQuietFor quiet: Duration) async throws(PrintingError) {
        let deadline = ContinuousClock.now + quiet * 10
        repeat {
            guard try await !hear(for: quiet).isEmpty else { break }
        } while ContinuousClock.now < deadline
        isNoisy = false
        parser = PrinterReplyParser()
        book = StatusBook(expectsReports: printer.memory.hasAskedForReports)
    }
}
