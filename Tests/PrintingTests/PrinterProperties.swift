import Synchronization

@testable import Printing

/// The properties that hold whatever a printer, or something else at its address, sends. The tests check the corpus,
/// and libFuzzer its own inputs. The first byte of an input chooses what reads the rest.
enum PrinterProperties {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// False for an input that nothing reads.
    @discardableResult
    static func hold(for bytes: [UInt8]) async throws(Broken) -> Bool {
        guard bytes.first == UInt8(ascii: "s") else { return try holdAtOnce(for: bytes) }
        try await session(Script(bytes.dropFirst()))
        return true
    }

    /// Like ``hold(for:)``, but for a whole session, which only an input that begins with an `s` is.
    @discardableResult
    static func holdAtOnce(for bytes: [UInt8]) throws(Broken) -> Bool {
        var script = Script(bytes.dropFirst())
        switch bytes.first {
        case UInt8(ascii: "r"): try replies(&script)
        case UInt8(ascii: "m"): try machine(&script)
        case UInt8(ascii: "d"): try device(&script)
        default: return false
        }
        return true
    }

    private struct Script {
        var rest: ArraySlice<UInt8>

        init(_ rest: ArraySlice<UInt8>) { self.rest = rest }

        /// 0 past the end.
        mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

        mutating func bytes(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    /// However the bytes are cut, the replies are the same, and no byte is lost or invented.
    private static func replies(_ script: inout Script) throws(Broken) {
        let cut = max(1, Int(script.byte()))
        let bytes = Array(script.rest)
        var whole = PrinterReplyParser()
        let replies = whole.parse(bytes)
        var parts = PrinterReplyParser()
        var pieces: [PrinterReply] = []
        for begin in stride(from: 0, to: bytes.count, by: cut) {
            pieces += parts.parse(bytes[begin..<min(begin + cut, bytes.count)])
        }
        guard pieces == replies, parts.skippedBytes == whole.skippedBytes else {
            throw Broken(description: "other replies when cut by \(cut): \(bytes)")
        }
        let taken = replies.reduce(0) { $0 + length($1) } + whole.skippedBytes
        guard (0...6).contains(bytes.count - taken) else {
            throw Broken(description: "\(taken) of \(bytes.count) bytes taken: \(bytes)")
        }
        var book = StatusBook()
        for reply in replies { book.take(reply) }
        guard book.status?.summary != "" else { throw Broken(description: "no words for a status: \(bytes)") }
        // Seven bytes that belong to no reply end any reply that was begun.
        _ = whole.parse(Array(repeating: 0xFF, count: 7))
        guard whole.parse([0x12]) == [.realTime(0x12)] else { throw Broken(description: "deaf after \(bytes)") }
    }

    private static func length(_ reply: PrinterReply) -> Int {
        switch reply {
        case .realTime, .queued: 1
        case .automatic: 4
        case .processID: 7
        }
    }

    /// A paper waits for its proof while the printer follows the script, and time passes.
    private static func machine(_ script: inout Script) throws(Broken) {
        let (policy, beliefs) = (script.byte(), script.byte())
        guard let id = ProcessID(Array("AB12".utf8)) else { throw Broken(description: "no process ID") }
        let believes = { (bit: Int) -> Bool? in beliefs >> bit & 1 == 0 ? nil : beliefs >> (bit + 1) & 1 == 1 }
        let topics = RealTimeTopic.allCases.filter { policy >> (3 + $0.rawValue) & 1 == 1 }
        let belief = PrinterMemory.Belief(
            realTime: policy >> 3 & 1 == 0 ? nil : topics, processID: believes(0), queuedStatus: believes(2))
        let start = ContinuousClock.now
        let waitLimit = PrinterTimeouts().waitLimit
        var now = start
        var machine = CompletionMachine(
            .init(id: id, bytes: Int(script.byte()) << 10), policy: ConfirmationPolicy.allCases[Int(policy) % 4],
            belief: belief, status: nil, timeouts: PrinterTimeouts(), now: now)
        var (parser, book, isEchoed, isNoisy) = (PrinterReplyParser(), StatusBook(expectsReports: true), false, false)
        // Each round is an action of the machine's. A wait ends with a reply, or when it is over.
        for _ in 0..<20_000 {
            switch machine.next(now: now) {
            case .write(let question):
                guard !question.isEmpty else { throw Broken(description: "an empty question") }
                if question.suffix(3) == ESCPOS.queuedStatusRequest[...] { book.askQueued() }
            case .poll(let topics):
                guard !topics.isEmpty else { throw Broken(description: "a poll that asks for nothing") }
                book.ask(topics)
            case .wait(let until):
                guard until > now, until <= start + waitLimit else {
                    throw Broken(description: "waits for \(until - now)")
                }
                guard !script.rest.isEmpty else {
                    now = until
                    continue
                }
                let step = script.byte()
                now = min(until, now + .milliseconds(Int(step & 0xF0) << 4))
                for reply in parser.parse(script.bytes(Int(step & 0x0F))) where !isNoisy {
                    switch book.take(reply) {
                    case .answer:
                        isEchoed = isEchoed || reply == .processID(id)
                        machine.heard(reply, status: book.status, now: now)
                    case .ignored: break
                    case .noise:
                        isNoisy = true
                        machine.trustIsLost(couldPrint: book.status?.canPrint != false, now: now)
                    }
                }
            case .confirmed(let confirmation):
                guard isEchoed || !isNoisy || confirmation == .written else {
                    throw Broken(description: "\(confirmation) from a line that proves nothing")
                }
                guard isEchoed == (confirmation == .processID), isEchoed || book.status?.canPrint != false else {
                    throw Broken(description: "\(confirmation), echoed: \(isEchoed), \(book.status?.summary ?? "")")
                }
                return
            case .failed(let failure):
                guard !isEchoed, failure != .stalledTooLong || now >= start + waitLimit else {
                    throw Broken(description: "\(failure) after \(now - start), echoed: \(isEchoed)")
                }
                return
            }
        }
        throw Broken(description: "a paper that nobody gives up")
    }

    /// A whole conversation, over a connection that follows the script and then ends.
    private static func session(_ script: Script) async throws(Broken) {
        var script = script
        let (head, known) = (script.byte(), script.byte())
        let line = Line(script.rest)
        let isToldUnasked = Mutex(false)
        let printer = Printer(
            name: "front", device: .tcp(host: "printer", port: 9_100),
            model: PrinterModel(confirmation: ConfirmationPolicy.allCases[Int(head) % 4]), link: line,
            observer: { _ in if !line.hasBeenSpokenTo { isToldUnasked.withLock { $0 = true } } })
        if known & 1 == 1 {
            let topics = RealTimeTopic.allCases.filter { known >> $0.rawValue & 1 == 1 }
            let processID = known & 0x20 == 0 ? nil : known & 0x40 != 0
            printer.memory.learn(.init(realTime: topics, processID: processID), now: .now)
        }
        guard let session = try? await printer.open() else { return }
        guard !isToldUnasked.withLock({ $0 }) else {
            throw Broken(description: "noise before the first question counts")
        }
        do {
            try await session.send([UInt8](repeating: 0x20, count: Int(head) << 4))
            let confirmation = try await session.complete()
            guard confirmation != .processID || line.hasEchoed else { throw Broken(description: "an echo of nothing") }
            guard !line.hasTalkedNonsense || confirmation == .written else {
                throw Broken(description: "\(confirmation) from a line that proves nothing")
            }
            await session.close()
        } catch {
            await session.close()
            if let broken = error as? Broken { throw broken }
        }
    }

    /// Plays the script piece by piece: a count, then that many bytes, in which `ID` stands for an echo of the
    /// requested process ID. While the next count is FF, nothing more is taken.
    private final class Line: PrinterLink, PrinterConnection {
        private struct State {
            var rest: ArraySlice<UInt8>
            var id: [UInt8] = []
            var hasEchoed = false
            var hasBeenSpokenTo = false
            var hasPaper = false
            var hasTalkedNonsense = false
        }

        let answers = true
        private let state: Mutex<State>

        init(_ rest: ArraySlice<UInt8>) { state = Mutex(State(rest: rest)) }

        var hasEchoed: Bool { state.withLock { $0.hasEchoed } }
        var hasBeenSpokenTo: Bool { state.withLock { $0.hasBeenSpokenTo } }
        /// A byte that is no part of any reply, while the paper was printed.
        var hasTalkedNonsense: Bool { state.withLock { $0.hasTalkedNonsense } }

        func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection { self }

        func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError) {
            state.withLock { state in
                if bytes.starts(with: [0x1D, 0x28, 0x48]) { state.id = Array(bytes[7..<11]) }
                state.hasBeenSpokenTo = true
                if bytes.first == 0x20 { state.hasPaper = true }
            }
            try await flush(timeout: timeout)
        }

        func flush(timeout: Duration) async throws(PrintingError) {
            guard state.withLock({ $0.rest.first != 0xFF }) else { throw PrintingError(.stalled, "stalled") }
        }

        func read(timeout: Duration) async throws(PrintingError) -> [UInt8]? {
            state.withLock { state in
                guard let count = state.rest.popFirst() else { return nil }
                var said = Array(state.rest.prefix(Int(count)))
                state.rest = state.rest.dropFirst(Int(count))
                if state.hasPaper, said.contains(where: { $0 >= 0x80 }) { state.hasTalkedNonsense = true }
                if let place = said.firstRange(of: Array("ID".utf8)), !state.id.isEmpty {
                    said.replaceSubrange(place, with: [0x37, 0x22] + state.id + [0])
                    state.hasEchoed = true
                }
                return said
            }
        }

        func close() async {}
    }

    /// A device's text is read back as the same device.
    private static func device(_ script: inout Script) throws(Broken) {
        guard let text = String(validating: script.rest, as: UTF8.self) else { return }
        let device: PrinterDevice
        do { device = try PrinterDevice(parsing: text) } catch {
            guard error.code == .invalidDevice, !error.message.isEmpty else {
                throw Broken(description: "\(text): \(error)")
            }
            return
        }
        // The omitted port or speed may make it too long.
        guard device.description.utf8.count <= 1_024 else { return }
        guard let again = try? PrinterDevice(parsing: device.description), again == device else {
            throw Broken(description: "\"\(text)\" is written as \"\(device)\", and not read from that")
        }
    }
}
