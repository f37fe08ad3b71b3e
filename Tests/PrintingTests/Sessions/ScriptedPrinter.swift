import NIOCore
import NIOPosix
import Synchronization

/// A printer that does what a test tells it, on a real socket. It prints nothing: bytes that are no question count as paper.
final class ScriptedPrinter: Sendable {
    struct Script: Sendable {
        var realTime: [UInt8: UInt8] = [1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12]
        var echoesProcessID = true
        var answersQueued = true
        /// Questions behind the paper are kept unanswered, as by a printer without paper.
        var isHeld = false
        var dropsAfterBytes: Int?
        /// Sent unasked as soon as this many bytes of paper have come; the printer is held from then on.
        var endsAfterBytes: Int?
        var reads = true
        /// Said to whoever connects, as by a serial device server.
        var greeting: [UInt8] = []
        /// Said once at the first question, before its answer; and once so many bytes of paper have come.
        var atFirstQuestion: [UInt8] = []
        var noise: (afterBytes: Int, bytes: [UInt8])?
        /// In place of the answer to `GS r`.
        var queuedAnswer: [UInt8] = [0x00]

        static let mute = Script(realTime: [:], echoesProcessID: false, answersQueued: false)
    }

    private struct State {
        var script = Script()
        var connections: [[UInt8]] = []
        var held: [[UInt8]] = []
        var channel: (any Channel)?
        var waiters: [(enough: @Sendable ([[UInt8]]) -> Bool, resume: CheckedContinuation<Void, Never>)] = []
    }

    let port: Int
    private let server: any Channel
    private let state: Shared

    /// Outlives the printer in its handlers.
    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    init(_ script: Script = Script()) async throws {
        let shared = Shared()
        shared.state.withLock { $0.script = script }
        state = shared
        let reads = script.reads
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: reads)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(shared))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = server.localAddress?.port ?? 0
    }

    func close() async {
        try? await server.close()
        try? await state.state.withLock { $0.channel }?.close()
    }

    /// What each connection brought, in their order.
    var received: [[UInt8]] { state.state.withLock { $0.connections } }

    func received(_ enough: @escaping @Sendable ([[UInt8]]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let now = state.state.withLock { state in
                if enough(state.connections) { return true }
                state.waiters.append((enough, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }

    func change(_ body: @Sendable (inout Script) -> Void) {
        state.state.withLock { body(&$0.script) }
    }

    /// Paper is back: questions that were held are answered, and reading goes on.
    func recover() async throws {
        let (channel, answers) = state.state.withLock { state in
            state.script.isHeld = false
            state.script.endsAfterBytes = nil
            state.script.realTime = Script().realTime
            defer { state.held = [] }
            return (state.channel, state.held)
        }
        do {
            try await channel?.setOption(.autoRead, value: true).get()
            try await channel?.writeAndFlush(ByteBuffer(bytes: [0x10, 0, 0, 0] + answers.flatMap { $0 }))
        } catch ChannelError.ioOnClosedChannel {
            // Whoever asked only after the paper was back has had its answer and gone.
        }
    }

    func stopReading() async throws {
        try await state.state.withLock { $0.channel }?.setOption(.autoRead, value: false).get()
    }

    func say(_ bytes: [UInt8]) async throws {
        try await state.state.withLock { $0.channel }?.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let shared: Shared
        var pending: [UInt8] = []
        var index = 0
        var total = 0

        init(_ shared: Shared) {
            self.shared = shared
        }

        func channelActive(context: ChannelHandlerContext) {
            let channel = context.channel
            let greeting: [UInt8]
            (index, greeting) = shared.state.withLock { state in
                state.connections.append([])
                state.channel = channel
                return (state.connections.count - 1, state.script.greeting)
            }
            if !greeting.isEmpty { send(greeting, context) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            total += bytes.count
            pending += bytes
            let index = index
            let (script, woken) = shared.state.withLock { state in
                state.connections[index] += bytes
                let connections = state.connections
                let woken = state.waiters.filter { $0.enough(connections) }
                state.waiters.removeAll { $0.enough(connections) }
                return (state.script, woken)
            }
            for waiter in woken { waiter.resume.resume() }
            if let limit = script.dropsAfterBytes, total >= limit { return context.close(promise: nil) }
            if let limit = script.endsAfterBytes, total >= limit, !script.isHeld { runOut(context) }
            if let noise = script.noise, total >= noise.afterBytes {
                shared.state.withLock { $0.script.noise = nil }
                send(noise.bytes, context)
            }
            answer(context)
        }

        private func runOut(_ context: ChannelHandlerContext) {
            shared.state.withLock {
                $0.script.isHeld = true
                $0.script.realTime = [1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72]
            }
            send([0x18, 0, 0x0C, 0], context)
        }

        private func answer(_ context: ChannelHandlerContext) {
            while let first = pending.first {
                let script = shared.state.withLock { $0.script }
                if first == 0x10 || first == 0x1D, pending.count < 3 { return }
                if pending.starts(with: [0x10, 0x04]) {
                    if !script.atFirstQuestion.isEmpty {
                        shared.state.withLock { $0.script.atFirstQuestion = [] }
                        send(script.atFirstQuestion, context)
                    }
                    if let byte = script.realTime[pending[2]] { send([byte], context) }
                    pending.removeFirst(3)
                } else if pending.starts(with: [0x1D, 0x28, 0x48]) {
                    guard pending.count >= 11 else { return }
                    if script.echoesProcessID { queue([0x37, 0x22] + pending[7..<11] + [0], script, context) }
                    pending.removeFirst(11)
                } else if pending.starts(with: [0x1D, 0x72]) {
                    if script.answersQueued { queue(script.queuedAnswer, script, context) }
                    pending.removeFirst(3)
                } else {
                    let next = pending.dropFirst().firstIndex { $0 == 0x10 || $0 == 0x1D } ?? pending.count
                    pending.removeFirst(next)
                }
            }
        }

        private func queue(_ answer: [UInt8], _ script: Script, _ context: ChannelHandlerContext) {
            if script.isHeld {
                shared.state.withLock { $0.held.append(answer) }
            } else {
                send(answer, context)
            }
        }

        private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
        }
    }
}
