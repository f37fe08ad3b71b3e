/// Combines a printer's answers into its status.
///
/// It keeps every source as the bytes of `DLE EOT` 1…4, which are the finest; topics that the printer has not reported
/// count as good.
struct StatusBook: Sendable {
    /// How a reply counts.
    enum Judgement: Sendable, Equatable {
        /// It answers a question, or is a report that was asked for.
        case answer
        /// Printers send such replies, but nobody waits for it: a question that was in a picture by chance, an answer
        /// to an earlier paper.
        case ignored
        /// No printer sends this.
        case noise
    }

    /// Nil until the printer has reported anything.
    private(set) var status: PrinterStatus?
    /// Real-time questions without an answer yet, in the order in which they were asked.
    private(set) var asked: [RealTimeTopic] = []
    /// How many answers to `GS r` are still to come.
    private(set) var queuedAsked = 0
    /// Whether the printer was asked for unasked status: before that, four bytes that look like it do not count.
    var expectsReports: Bool
    private var said: [RealTimeTopic: UInt8] = [:]

    init(expectsReports: Bool = false) {
        self.expectsReports = expectsReports
    }

    /// Notes which questions are on their way; older ones will not be answered any more.
    mutating func ask(_ topics: [RealTimeTopic]) {
        asked = topics
    }

    mutating func askQueued() {
        queuedAsked += 1
    }

    @discardableResult
    mutating func take(_ reply: PrinterReply) -> Judgement {
        switch reply {
        case .realTime(let byte):
            guard !asked.isEmpty else { return .ignored }
            said[asked.removeFirst()] = byte
        case .automatic(let bytes):
            guard expectsReports else { return .ignored }
            take(automatic: bytes)
        case .queued(let byte):
            // Bits 5 and 6 are reserved, and off on every printer whose manual names them; in printable characters one
            // is on.
            guard byte & 0x60 == 0 else { return .noise }
            guard queuedAsked > 0 else { return .ignored }
            queuedAsked -= 1
            said[.paper] = (byte & 0x03) << 2 | (byte & 0x0C) << 3
            if byte & 0x0C == 0, let cause = said[.offlineCause] { said[.offlineCause] = cause & ~0x20 }
        case .processID:
            return .answer
        }
        status = PrinterStatus(said: said)
        return .answer
    }

    private mutating func take(automatic bytes: [UInt8]) {
        guard bytes.count == 4 else { return }
        let paperEnd = bytes[2] & 0x0C != 0
        let error = bytes[1] & 0x6C != 0
        said[.printer] = bytes[0] & 0x08
        said[.offlineCause] = (bytes[0] & 0x20 != 0 ? 0x04 : 0) | (paperEnd ? 0x20 : 0) | (error ? 0x40 : 0)
        said[.errorCause] = bytes[1] & 0x6C
        said[.paper] = (bytes[2] & 0x03) << 2 | (paperEnd ? 0x60 : 0)
    }
}

extension PrinterStatus {
    /// Bits as in Epson's reference under `DLE EOT`.
    fileprivate init(said: [RealTimeTopic: UInt8]) {
        let printer = said[.printer] ?? 0
        let cause = said[.offlineCause] ?? 0
        let error = said[.errorCause] ?? 0
        let paper = said[.paper] ?? 0
        var faults: PrinterFaults = []
        if printer & 0x08 != 0 { faults.insert(.offline) }
        if cause & 0x04 != 0 { faults.insert(.coverOpen) }
        if cause & 0x20 != 0 || paper & 0x60 != 0 { faults.insert(.paperEnd) }
        if paper & 0x0C != 0 { faults.insert(.paperNearEnd) }
        if error & 0x08 != 0 { faults.insert(.cutterError) }
        if error & 0x20 != 0 { faults.insert(.unrecoverableError) }
        // The cause of being offline may be one of the two before.
        let hasNamedError = !faults.isDisjoint(with: [.cutterError, .unrecoverableError])
        if error & 0x44 != 0 || (cause & 0x40 != 0 && !hasNamedError) { faults.insert(.otherError) }
        self.init(
            faults,
            told: said.keys.reduce(into: []) { told, topic in told.formUnion(topic.sensors) })
    }
}

extension RealTimeTopic {
    /// The topic that this question's answer reports.
    var sensors: PrinterSensors {
        switch self {
        case .printer: .online
        case .offlineCause: [.cover, .paperEnd, .error]
        case .errorCause: [.cutter, .error]
        case .paper: [.paperNearEnd, .paperEnd]
        }
    }
}
