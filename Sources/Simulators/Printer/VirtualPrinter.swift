import Foundation
public import Logging
public import Raster
public import ServiceLifecycle

/// A printer that shares no code with ours: it takes ESC/POS on a TCP port of loopback, draws it, and delivers a paper
/// at each cut.
///
/// It serves one connection at a time; others wait unaccepted in the system's queue until the first is closed. It keeps
/// its bytes when a connection ends, including half a command; the next connection's first bytes are then the rest of
/// it.
public actor VirtualPrinter: Service {
    public let configuration: Configuration
    private let logger: Logger
    private let archive: PaperArchive
    private let listening = Milestone("listener")
    private let portsOpened = Milestone("open ports")
    private let papersCut = Milestone("papers")
    private let bytesReceived = Milestone("received bytes")
    private let openingSignal = Milestone("changes of who may come in")
    private var port: Int?
    private var openPort: PrinterPort?
    private var hasRun = false
    private var isRefusing = false
    private var openingSignals = 0

    private var body: PrinterBody
    private var line: PrinterLine?
    private var faults = LinkFaults()
    /// Bytes that came together with those before a stall.
    private var heldBack: [UInt8] = []
    private var kept: [Paper] = []
    private var received = ReceivedBytes()

    /// How many connections were accepted since the start.
    public private(set) var connectionCount = 0

    /// How many connections `dropAfter` has ended since the start.
    public private(set) var dropCount = 0

    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.printer")
    ) {
        self.configuration = configuration
        self.logger = logger
        archive = PaperArchive(directory: configuration.directory, fileName: configuration.fileName)
        body = PrinterBody(configuration: configuration)
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the port cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a virtual printer runs only once") }
        hasRun = true
        var end = SimulatorError(.stopped, "the virtual printer has stopped")
        defer { for milestone in [listening, portsOpened, papersCut, bytesReceived] { milestone.stop(end) } }
        do {
            try configuration.check()
            try await cancelWhenGracefulShutdown { try await self.serve() }
        } catch let error as SimulatorError {
            end = error
            throw error
        } catch is CancellationError {
            return
        }
    }

    private func serve() async throws {
        while !Task.isCancelled {
            if isRefusing {
                // Far longer than any wait; the loop then begins again.
                try? await openingSignal.wait(for: openingSignals + 1, within: .seconds(3600))
                continue
            }
            let port = PrinterPort()
            do {
                self.port = try await port.open(
                    host: configuration.host, port: self.port ?? configuration.port,
                    idleTimeout: configuration.idleTimeout)
            } catch {
                throw SimulatorError(
                    .cannotListen, "cannot listen on \(configuration.host):\(configuration.port): \(error)")
            }
            openPort = port
            // Faults may have changed while the port was opened.
            if isRefusing { closePort() }
            listening.advance(to: 1)
            portsOpened.advance(to: portsOpened.reached + 1)
            while let line = await port.next() { await serve(line) }
            port.close()
            openPort = nil
        }
    }

    private func closePort() {
        openPort?.close()
        openPort = nil
    }

    private func serve(_ line: PrinterLine) async {
        connectionCount += 1
        self.line = line
        updatePause()
        while let bytes = await line.receive() { take(bytes) }
        line.close()
        self.line = nil
        heldBack = []
        body.connectionHasEnded()
    }

    // MARK: - For its owner

    /// Waits until it listens and returns its address.
    public func address() async throws -> (host: String, port: Int) {
        try await listening.wait(for: 1, within: .seconds(30))
        return (configuration.host, port ?? configuration.port)
    }

    /// Waits until it accepts connections again after `refuseConnections` was cleared.
    public func untilListening(within limit: Duration = .seconds(10)) async throws {
        guard openPort == nil || isRefusing else { return }
        try await portsOpened.wait(for: portsOpened.reached + 1, within: limit)
    }

    /// The papers in memory, oldest first.
    public func papers() -> [Paper] { kept }

    /// Waits until this many papers were cut since the start and returns that one.
    ///
    /// Throws `SimulatorError` at the time limit, or if the paper is no longer kept.
    public func paper(atLeast count: Int, within limit: Duration = .seconds(10)) async throws -> Paper {
        try await papersCut.wait(for: count, within: limit)
        guard let paper = kept.first(where: { $0.index == count }) else {
            throw SimulatorError(.notKept, "paper \(count) is no longer kept")
        }
        return paper
    }

    /// The paper since the last cut.
    public var uncutPaper: Bitmap { body.uncutPaper }

    /// How many bytes were read since the start.
    public var receivedByteCount: Int { received.count }

    /// The last bytes that were read: all of the first 4 MiB, then the last 2 MiB at least.
    public func receivedBytes() -> [UInt8] { received.bytes }

    /// Waits until this many bytes were read since the start. Throws `SimulatorError` at the time limit.
    public func waitForBytes(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await bytesReceived.wait(for: count, within: limit)
    }

    /// What the printer reports about itself.
    public var condition: Condition { body.condition }

    /// How often the drawer was opened since the start.
    public var drawerPulses: Int { body.drawerPulses }

    /// How many bytes were read as the rest of a command that an earlier connection had left open. NULs do not count:
    /// they end such a command.
    public var swallowedBytes: Int { body.swallowedBytes }

    /// Unknown commands, as hexadecimal, and how often each came.
    public var unknownCommands: [String: Int] { body.unknownCommands }

    /// Known commands that have no effect on this paper, and how often each came.
    public var undrawnCommands: [String: Int] { body.undrawnCommands }

    /// Puts the printer into a state. When ready again, it goes on where it stopped; paper that was too long is
    /// discarded.
    public func set(_ condition: Condition) {
        body.set(condition)
        handOver()
    }

    public func inject(_ fault: LinkFault) {
        switch fault {
        case .refuseConnections:
            isRefusing = true
            closePort()
        case .paperOutAfter(let rows):
            body.paperEnds(afterRows: max(0, rows))
        case .dropAfter, .stallAfter, .mute, .noise:
            faults.add(fault)
            if line != nil, faults.bytesUntilDrop == 0 { drop() }
        }
        handOver()
    }

    /// Ends every fault of the link; a printer out of paper stays so until it is set ready.
    ///
    /// After refusing, it accepts connections again once the one that was still open has ended.
    public func clearFaults() {
        faults = LinkFaults()
        body.paperEnds(afterRows: nil)
        isRefusing = false
        openingSignals += 1
        openingSignal.advance(to: openingSignals)
        let late = heldBack
        heldBack = []
        take(late)
    }

    // MARK: - Bytes in, paper and answers out

    private func take(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, !faults.isStalled {
            let part = rest.prefix(faults.bytesAllowed)
            rest = rest.dropFirst(part.count)
            received.append(part)
            body.take(part)
            faults.count(part.count)
            if faults.bytesUntilDrop == 0 {
                rest = []
                drop()
            }
        }
        heldBack += rest
        handOver()
        if !bytes.isEmpty { line?.send(faults.noise) }
        bytesReceived.advance(to: received.count)
    }

    private func drop() {
        faults.dropHasHappened()
        if line != nil { dropCount += 1 }
        handOver()
        line?.close()
    }

    /// Delivers the results of the last bytes: paper first, so it is there when the answer says so.
    private func handOver() {
        for piece in body.collectPapers() { keep(piece) }
        let answers = body.collectAnswers()
        if !faults.isMute { line?.send(answers) }
        updatePause()
    }

    private func keep(_ piece: PrinterBody.Piece) {
        let index = papersCut.reached + 1
        var file: URL?
        do {
            file = try archive.write(piece.bitmap, index: index)
        } catch {
            logger.debug("a paper could not be written", metadata: ["error": "\(error)"])
        }
        kept.append(
            Paper(
                index: index, bitmap: piece.bitmap, cut: piece.cut, byteCount: piece.byteCount,
                drawerPulses: piece.drawerPulses, file: file))
        if kept.count > configuration.papersKept { kept.removeFirst() }
        papersCut.advance(to: index)
    }

    /// Stops reading if there is no room or a fault requires it, and goes on when neither holds.
    private func updatePause() {
        if body.hasRoom, !faults.isStalled {
            line?.resume()
        } else {
            line?.pause()
        }
    }
}
