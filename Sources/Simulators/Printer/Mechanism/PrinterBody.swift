import Raster

/// The printer without its connection: bytes in, papers and answers out, by the state that it is in.
///
/// Real-time commands are acted upon as they arrive; everything else waits its turn in the receive buffer and is carried
/// out while the printer can print.
struct PrinterBody {
    /// A piece of paper as it falls out.
    struct Piece {
        let bitmap: Bitmap
        let cut: VirtualPrinter.CutKind
        let byteCount: Int
        let drawerPulses: Int
    }

    /// Names of commands that are told apart in the counts.
    private static let mostNames = 1000

    private let configuration: VirtualPrinter.Configuration
    private var reader = CommandReader()
    private var ear = RealTimeStatusReader()
    /// The reader waits for the rest of a command that an earlier connection began.
    private var hasOpenCommand = false
    private var mechanism: PrintMechanism
    private var queue: [CommandReader.Token] = []
    private var queueHead = 0
    private var queuedBytes = 0
    private var reportsStatus = false
    private var rowsUntilPaperEnd: Int?
    private var hasOverrun = false
    private var answers: [UInt8] = []
    private var pieces: [Piece] = []
    private var bytesOfPiece = 0
    private var pulsesOfPiece = 0

    private(set) var condition = VirtualPrinter.Condition.ready
    private(set) var drawerPulses = 0
    /// Bytes but NULs that were taken for the rest of a command that an earlier connection had left open.
    private(set) var swallowedBytes = 0
    private(set) var unknownCommands: [String: Int] = [:]
    private(set) var undrawnCommands: [String: Int] = [:]

    init(configuration: VirtualPrinter.Configuration) {
        self.configuration = configuration
        mechanism = PrintMechanism(
            widthInDots: max(8, configuration.widthInDots), longestPaper: configuration.longestPaper,
            unitsPerInch: configuration.motionUnitsPerInch)
    }

    var uncutPaper: Bitmap { mechanism.strip.bitmap }

    /// Whether the receive buffer has room.
    var hasRoom: Bool { queuedBytes < configuration.receiveBuffer }

    /// What is in the buffer stays, and as a rule a command that has not ended.
    mutating func connectionHasEnded() {
        if configuration.forgetsHalfCommands { reader.reset() }
        hasOpenCommand = reader.isMidCommand
        reportsStatus = false
        answers = []
    }

    /// What is to be sent back.
    mutating func collectAnswers() -> [UInt8] {
        defer { answers = [] }
        return answers
    }

    /// What was cut off since the last time.
    mutating func collectPapers() -> [Piece] {
        defer { pieces = [] }
        return pieces
    }

    mutating func set(_ new: VirtualPrinter.Condition) {
        if new.canPrint {
            rowsUntilPaperEnd = nil
            if hasOverrun { mechanism.tearOff() }
            hasOverrun = false
        }
        change(to: new)
        work()
    }

    /// The roll ends after so many more rows; nil for a roll that does not end.
    mutating func paperEnds(afterRows rows: Int?) {
        rowsUntilPaperEnd = rows
    }

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        if configuration.realTimeStatus == .everywhere {
            for topic in ear.questions(in: bytes) { actAtOnce(on: .realTimeStatus(topic)) }
        }
        var rest = bytes
        while hasOpenCommand, let byte = rest.popFirst() {
            if byte != 0 { swallowedBytes += 1 }
            queueUp(CollectionOfOne(byte))
            hasOpenCommand = reader.isMidCommand
        }
        queueUp(rest)
        work()
    }

    private mutating func queueUp(_ bytes: some Collection<UInt8>) {
        var arrived: [CommandReader.Token] = []
        reader.read(bytes) { arrived.append($0) }
        for token in arrived {
            if token.command.isRealTime {
                bytesOfPiece += token.byteCount
                if case .realTimeStatus(1...4) = token.command, configuration.realTimeStatus == .everywhere { continue }
                actAtOnce(on: token.command)
            } else {
                queue.append(token)
                queuedBytes += token.byteCount
            }
        }
    }

    private mutating func actAtOnce(on command: PrinterCommand) {
        switch command {
        case .realTimeStatus(let n):
            guard let answer = condition.realTimeStatus(n) else {
                return Self.count("10 04 " + CommandTable.hex([n]), in: &unknownCommands)
            }
            if configuration.answers.contains(.realTimeStatus) { answers.append(answer) }
        case .realTimeRequest(let n) where condition == .cutterError:
            // 1 goes on where it stopped, 2 forgets what was waiting.
            if n == 2 { emptyQueue() }
            change(to: .ready)
        case .realTimeDrawerPulse:
            pulse()
        default: break
        }
    }

    /// Carries out what is in the buffer, as far as the state allows.
    private mutating func work() {
        while condition.canPrint {
            if mechanism.isIdle {
                guard queueHead < queue.count else { break }
                let token = queue[queueHead]
                queueHead += 1
                queuedBytes -= token.byteCount
                bytesOfPiece += token.byteCount
                carryOut(token.command)
            }
            let (rows, effects) = mechanism.run(atMost: rowsUntilPaperEnd ?? .max)
            for effect in effects { bring(about: effect) }
            guard let left = rowsUntilPaperEnd.map({ $0 - rows }) else { continue }
            rowsUntilPaperEnd = left > 0 ? left : nil
            if left <= 0 { change(to: .paperOut) }
        }
        if queueHead == queue.count {
            emptyQueue()
        } else if queueHead > 1024 {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
    }

    private mutating func carryOut(_ command: PrinterCommand) {
        switch command {
        case .unknown(let name): Self.count(name, in: &unknownCommands)
        case .undrawn(let name): Self.count(name, in: &undrawnCommands)
        default: mechanism.take(command)
        }
    }

    private mutating func bring(about effect: PrintMechanism.Effect) {
        switch effect {
        case .paper(let bitmap, let cut):
            pieces.append(Piece(bitmap: bitmap, cut: cut, byteCount: bytesOfPiece, drawerPulses: pulsesOfPiece))
            bytesOfPiece = 0
            pulsesOfPiece = 0
        case .drawerPulse:
            pulse()
        case .automaticStatusBack(let isOn):
            reportsStatus = isOn && configuration.answers.contains(.automaticStatusBack)
            if reportsStatus { answers += condition.automaticStatus }
        case .queuedStatus(let n):
            guard let answer = condition.queuedStatus(n) else {
                return Self.count("1D 72 " + CommandTable.hex([n]), in: &unknownCommands)
            }
            if configuration.answers.contains(.queuedStatus) { answers.append(answer) }
        case .processID(let id):
            if configuration.answers.contains(.processID) { answers += [0x37, 0x22] + id + [0x00] }
        case .overrun:
            hasOverrun = true
            change(to: .unrecoverableError)
        }
    }

    private mutating func pulse() {
        drawerPulses += 1
        pulsesOfPiece += 1
    }

    private mutating func change(to new: VirtualPrinter.Condition) {
        guard new != condition else { return }
        condition = new
        if reportsStatus { answers += new.automaticStatus }
    }

    private mutating func emptyQueue() {
        queue.removeAll(keepingCapacity: true)
        queueHead = 0
        queuedBytes = 0
    }

    private static func count(_ name: String, in counts: inout [String: Int]) {
        guard counts[name] != nil || counts.count < mostNames else { return }
        counts[name, default: 0] += 1
    }
}
