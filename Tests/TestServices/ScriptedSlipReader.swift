public import RemoteServices
public import Sales
import Synchronization

/// A reader of payment slips in memory: it keeps the rules of the seam. An upload costs nothing, each reading is charged, and
/// nobody can look up what it has.
public final class ScriptedSlipReader: RemoteService {
    /// What a step meets.
    public enum Fault: Sendable, Equatable {
        /// It is not answered; `acts`: it is done all the same.
        case unanswered(acts: Bool)
        /// What it is about is not there any more.
        case gone
        case accountRefused
        case refused(code: String)
    }

    public enum Call: Sendable, Hashable {
        case upload, create, show
    }

    private struct State {
        var faults: [Call: [Fault]] = [:]
        var calls: [Call] = []
        var jobs: [String: OwedJob] = [:]
        var charges: [String: Int] = [:]
        var readings: [String: SlipReading] = [:]
        var isRefused = false
        var waiting: [(call: Call, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        /// Calls that are done and not answered.
        var hanging: [Call: [AsyncStream<Void>.Continuation]] = [:]
    }

    public let name = ServiceName(rawValue: "reader")
    public let title = "Reader"
    public let clockDrift: Double = 0
    public let lastTime: ServiceTime? = nil
    private let state = Mutex(State())

    public init() {}

    public func advice(for code: String?) -> String { "Ask the one who wrote the script" }
    public func shutdown() async {}

    public func probe() async -> ServiceFailure? {
        state.withLock(\.isRefused)
            ? ServiceFailure(code: "Reader::402", message: "no credits", disposition: .holdAccount) : nil
    }
    public func probeReveals(_ code: String) -> Bool { true }

    public func onlyPrepares(_ job: OwedJob) -> Bool { job.remoteID == nil }

    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let upload = job.remoteID else {
            return await answer(.upload) { _ in .prepared(remoteID: "U-\(job.key)") }
        }
        if job.mayHaveActed {
            if job.search.repeats > 0 { return .failed(Self.unknown) }
            if !job.search.permitsRepeat {
                return .absent(ServiceFailure(code: "Reader::Repeated", message: "asked again", disposition: .retry))
            }
        }
        return await answer(.create, isRepeated: job.search.repeats > 0) { state in
            let id = "J-\(upload)-\(state.charges[job.key, default: 0])"
            state.charges[job.key, default: 0] += 1
            state.jobs[id] = job
            return .begun(remoteID: id)
        }
    }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        await answer(.show, isRepeated: job.search.repeats > 0) { state in
            guard let id = job.remoteID, state.jobs[id] != nil else {
                return .failed(ServiceFailure(code: "Reader::404", message: "no such job", disposition: .reject))
            }
            guard let reading = state.readings[job.key] else {
                return .absent(
                    ServiceFailure(
                        code: "Reader::Pending", message: "not yet", disposition: .retry, retryAfter: .seconds(1)))
            }
            return .done(.reading(reading, credits: 1))
        }
    }

    private static let unknown = ServiceFailure(
        code: RepeatRule.unknownOutcome, message: "nobody knows", disposition: .reject)

    private func answer(
        _ call: Call, isRepeated: Bool = false, _ act: @Sendable (inout State) -> StepOutcome
    ) async -> StepOutcome {
        typealias Answer = (outcome: StepOutcome, heard: [CheckedContinuation<Void, Never>], hang: AsyncStream<Void>?)
        let answer = state.withLock { state -> Answer in
            state.calls.append(call)
            let count = state.calls.count { $0 == call }
            let heard = state.waiting.filter { $0.call == call && $0.count <= count }.map(\.continuation)
            state.waiting.removeAll { $0.call == call && $0.count <= count }
            var hang: AsyncStream<Void>?
            if state.hanging[call] != nil {
                let (stream, end) = AsyncStream.makeStream(of: Void.self)
                state.hanging[call]?.append(end)
                hang = stream
            }
            return (Self.outcome(of: call, isRepeated: isRepeated, act, &state), heard, hang)
        }
        for continuation in answer.heard { continuation.resume() }
        if let hang = answer.hang { for await _ in hang {} }
        return answer.outcome
    }

    private static func outcome(
        of call: Call, isRepeated: Bool, _ act: (inout State) -> StepOutcome, _ state: inout State
    ) -> StepOutcome {
        if state.isRefused {
            return .failed(ServiceFailure(code: "Reader::402", message: "no credits", disposition: .holdAccount))
        }
        guard let fault = state.faults[call]?.first else { return act(&state) }
        state.faults[call]?.removeFirst()
        switch fault {
        case .unanswered(let acts):
            if acts { _ = act(&state) }
            return .failed(
                ServiceFailure(
                    code: "Reader::Unanswered", message: "no answer", disposition: .noAnswer(isServiceWide: false),
                    mayHaveActed: call == .create))
        case .gone:
            let failure = ServiceFailure(code: "Reader::404", message: "gone", disposition: .reject)
            return isRepeated ? .failed(failure) : .lost(failure)
        case .accountRefused:
            return .failed(ServiceFailure(code: "Reader::402", message: "no credits", disposition: .holdAccount))
        case .refused(let code):
            return .failed(ServiceFailure(code: code, message: "refused", disposition: .reject))
        }
    }

    // MARK: The other end

    /// The next call of that kind meets these, one after the other.
    public func inject(_ faults: [Fault], at call: Call) { state.withLock { $0.faults[call, default: []] += faults } }

    /// What is read on the slip of this key, from now on.
    public func show(_ reading: SlipReading, on key: String) { state.withLock { $0.readings[key] = reading } }

    /// Whether the account is refused.
    public func refuse(_ isRefused: Bool) { state.withLock { $0.isRefused = isRefused } }

    /// Whether calls of a kind are done and never answered, until they are cancelled.
    public func hang(_ call: Call) { state.withLock { $0.hanging[call] = [] } }
    public func letGo(_ call: Call) {
        for end in state.withLock({ $0.hanging.removeValue(forKey: call) }) ?? [] { end.finish() }
    }

    public func calls(_ call: Call) -> Int { state.withLock { $0.calls.count { $0 == call } } }
    /// How often each slip was charged, by its key.
    public func charges() -> [String: Int] { state.withLock(\.charges) }

    /// Returns once so many calls of this kind have come in all.
    public func wait(for count: Int, of call: Call) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.calls.count(where: { $0 == call }) >= count { return true }
                state.waiting.append((call, count, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
