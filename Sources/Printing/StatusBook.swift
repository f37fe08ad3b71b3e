/// Puts a printer's answers together into its status.
///
/// Every source is kept as the bytes of `DLE EOT` 1…4, the finest of them; topics the printer has said nothing about count as good.
struct StatusBook: Sendable {
    /// Nil until the printer has said anything of itself.
    private(set) var status: PrinterStatus?
    /// Real-time questions that have not been answered, in the order in which they were put.
    private(set) var asked: [RealTimeTopic] = []
    private var said: [RealTimeTopic: UInt8] = [:]

    /// Notes which questions are on their way; any older one will not be answered any more.
    mutating func ask(_ topics: [RealTimeTopic]) {
        asked = topics
    }

    mutating func take(_ reply: PrinterReply) {
        switch reply {
        case .realTime(let byte):
            // A picture may hold the bytes of a question by chance, so an answer nobody waits for says nothing.
            guard !asked.isEmpty else { return }
            said[asked.removeFirst()] = byte
        case .automatic(let bytes):
            take(automatic: bytes)
        case .queued(let byte):
            said[.paper] = (byte & 0x03) << 2 | (byte & 0x0C) << 3
            if byte & 0x0C == 0, let cause = said[.offlineCause] { said[.offlineCause] = cause & ~0x20 }
        case .processID:
            return
        }
        status = PrinterStatus(said: said)
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
        let cutter = error & 0x08 != 0
        let unrecoverable = error & 0x20 != 0
        self.init(
            online: printer & 0x08 == 0, coverOpen: cause & 0x04 != 0, paperEnd: cause & 0x20 != 0 || paper & 0x60 != 0,
            paperNearEnd: paper & 0x0C != 0, cutterError: cutter, unrecoverableError: unrecoverable,
            otherError: error & 0x44 != 0 || (cause & 0x40 != 0 && !cutter && !unrecoverable),
            told: said.keys.reduce(into: []) { told, topic in told.formUnion(topic.sensors) })
    }
}

extension RealTimeTopic {
    /// What an answer to this question tells of.
    var sensors: PrinterSensors {
        switch self {
        case .printer: .online
        case .offlineCause: [.cover, .paperEnd, .error]
        case .errorCause: [.cutter, .error]
        case .paper: [.paperNearEnd, .paperEnd]
        }
    }
}
