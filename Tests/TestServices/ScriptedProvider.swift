public import RemoteServices
public import Sales
import Synchronization

/// A provider in memory: it keeps the rules of the seam, and fails as it is told. It can be no kinder than a real one: a key
/// that it has acted on is refused, whoever asks.
public final class ScriptedProvider: SaleProvider {
    private struct State {
        var faults: [StageCall: [(fault: StageFault, left: Int?)]] = [:]
        var actions: [String: Int] = [:]
        var begins = 0
        /// What was asked of it, in order.
        var looks: [OwedJob] = []
        var follows: [OwedJob] = []
        var withdrawals: [OwedJob] = []
        /// Whether looks find nothing.
        var isHiding = false
        /// Looks that hang; nil if none is to.
        var hanging: [AsyncStream<Void>.Continuation]?
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        mutating func nextFault(at call: StageCall) -> StageFault? {
            guard let first = faults[call]?.first else { return nil }
            if let left = first.left {
                if left <= 1 { faults[call]?.removeFirst() } else { faults[call]?[0].left = left - 1 }
            }
            return first.fault
        }
    }

    /// Whether it refuses a repeat of what it has acted on. If not, it makes everything as often as it is told to, and only a
    /// look shows what is there. It still refuses a key of somebody else's.
    private let tellsRepeats: Bool
    public let name = ServiceName(rawValue: "scripted")
    public let title = "Scripted"
    public let secrets = ["https://scripted.example/"]
    public let longestLink = "https://scripted.example/"
    public let clockDrift: Double = 0
    public let lastTime: ServiceTime? = nil
    private let state = Mutex(State())

    public init(tellsRepeats: Bool = true) {
        self.tellsRepeats = tellsRepeats
    }

    public var settling: Duration? { tellsRepeats ? nil : .seconds(20) }

    public var abilities: ProviderAbilities {
        ProviderAbilities(linkOffers: .document, tellsRepeats ? [.tellsRepeats] : [])
    }

    public func faults(of event: SaleEvent) -> [SaleFault] { [] }
    public func request(for event: SaleEvent) -> ServiceRequest {
        ServiceRequest(bytes: Array(event.sale.id.text.utf8))
    }
    public func advice(for code: String?) -> String { "Ask the one who wrote the script" }
    public func probe() async -> ServiceFailure? { await state.withLock({ $0.nextFault(at: .probe) })?.failure() }
    public func probeReveals(_ code: String) -> Bool { false }
    public func shutdown() async {}

    public func begin(_ job: OwedJob) async -> StepOutcome {
        let (fault, heard) = state.withLock { state -> (StageFault?, [CheckedContinuation<Void, Never>]) in
            state.begins += 1
            let begins = state.begins
            let heard = state.waiting.filter { $0.count <= begins }.map(\.continuation)
            state.waiting.removeAll { $0.count <= begins }
            return (state.nextFault(at: .begin), heard)
        }
        for continuation in heard { continuation.resume() }
        if !tellsRepeats, RepeatRule.action(for: job) == .look {
            if let fault { return .failed(await fault.failure(acting: false)) }
            return await look(for: job)
        }
        guard let fault else { return act(job) }
        if fault.acts { _ = act(job) }
        return .failed(await fault.failure())
    }

    private func look(for job: OwedJob) async -> StepOutcome {
        let hanging = state.withLock { state -> AsyncStream<Void>? in
            state.looks.append(job)
            guard state.hanging != nil else { return nil }
            let (stream, end) = AsyncStream.makeStream(of: Void.self)
            state.hanging?.append(end)
            return stream
        }
        if let hanging { for await _ in hanging {} }
        if Task.isCancelled { return .failed(await StageFault.lostBeforeActing.failure(acting: false)) }
        return state.withLock({ $0.isHiding || $0.actions[job.key] == nil })
            ? RepeatRule.absent(job, at: title) : .found(remoteID: Self.id(of: job))
    }

    private static func id(of job: OwedJob) -> String { "D-\(job.key)" }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        state.withLock { $0.follows.append(job) }
        if let fault = state.withLock({ $0.nextFault(at: .follow) }) { return .failed(await fault.failure()) }
        guard state.withLock({ $0.actions[job.key] }) != nil else {
            return .failed(.init(code: "Scripted::NotFound", message: "not found", disposition: .retry))
        }
        return .done(.link("https://scripted.example/\(job.key)", total: nil))
    }

    private func act(_ job: OwedJob) -> StepOutcome {
        state.withLock { state in
            if state.actions[job.key] != nil, tellsRepeats || !job.mayHaveActed {
                return .failed(
                    .init(code: "Scripted::Exists", message: "it is there already", disposition: .alreadyActed))
            }
            // It refuses what it has, and does not list it.
            if state.actions[job.key] != nil, state.isHiding { return RepeatRule.unlisted(at: title) }
            state.actions[job.key, default: 0] += 1
            return .begun(remoteID: tellsRepeats ? nil : Self.id(of: job))
        }
    }

    // MARK: The other end

    public func inject(_ fault: StageFault, at call: StageCall, times: Int?) {
        state.withLock { $0.faults[call, default: []].append((fault, times)) }
    }
    public func heal() { state.withLock { $0.faults = [:] } }
    public func actions() -> [String: Int] { state.withLock(\.actions) }

    public func looks() -> [OwedJob] { state.withLock(\.looks) }
    /// Returns once so many looks have begun in all.
    public func waitForLooks(_ count: Int) async throws {
        while state.withLock({ $0.looks.count }) < count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
    public func follows() -> [OwedJob] { state.withLock(\.follows) }

    /// Whether looks find nothing from now on. What is there is refused then.
    public func hide(_ isHiding: Bool) { state.withLock { $0.isHiding = isHiding } }
    public func withdrawals() -> [OwedJob] { state.withLock(\.withdrawals) }

    /// From now on a look hangs until it is let go or cancelled.
    public func holdLooks() { state.withLock { $0.hanging = [] } }
    public func letLooksGo() {
        let hanging = state.withLock { state in
            defer { state.hanging = nil }
            return state.hanging ?? []
        }
        for end in hanging { end.finish() }
    }

    public func waitForBegins(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.begins >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    public func occupy(_ job: OwedJob) { _ = act(job) }
}

extension ScriptedProvider: DocumentWithdrawing {
    /// It fails as `follow` is told to.
    public func withdraw(_ job: OwedJob) async -> ServiceFailure? {
        state.withLock { $0.withdrawals.append(job) }
        return await state.withLock({ $0.nextFault(at: .follow) })?.failure(acting: false)
    }
}

extension StageFault {
    /// Whether the service acts all the same.
    fileprivate var acts: Bool {
        switch self {
        case .lostAfterActing, .cut, .huge, .slow: true
        case .lostBeforeActing, .garbage, .unavailable, .accountRefused, .jobRefused: false
        }
    }

    /// - Parameter acting: whether the call may act; a question never does.
    fileprivate func failure(acting: Bool = true) async -> ServiceFailure {
        switch self {
        case .accountRefused:
            return ServiceFailure(code: "Scripted::Account", message: "refused", disposition: .holdAccount)
        case .jobRefused: return ServiceFailure(code: "Scripted::Job", message: "refused", disposition: .reject)
        case .lostBeforeActing, .lostAfterActing, .garbage, .cut, .huge, .slow, .unavailable:
            if self == .slow { try? await Task.sleep(for: .milliseconds(500)) }
            return ServiceFailure(
                code: "Scripted::Unanswered", message: "no answer",
                disposition: .noAnswer(isServiceWide: self == .unavailable), mayHaveActed: acting)
        }
    }
}
