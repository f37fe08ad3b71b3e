public import RemoteServices
public import Sales
import Synchronization

/// A provider in memory: it keeps the rules of the seam, and fails as it is told. It can be no kinder than a real one: a key
/// that it has acted on is refused, whoever asks.
public final class ScriptedProvider: SaleProvider {
    private struct State {
        var faults: [(fault: StageFault, left: Int?)] = []
        var actions: [String: Int] = [:]
        var begins = 0
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    public let name = ServiceName(rawValue: "scripted")
    public let title = "Scripted"
    public let secrets = ["https://scripted.example/"]
    public let longestLink = "https://scripted.example/"
    public let clockDrift: Double = 0
    public let lastTime: ServiceTime? = nil
    private let state = Mutex(State())

    public init() {}

    public func faults(of event: SaleEvent) -> [SaleFault] { [] }
    public func request(for event: SaleEvent) -> ServiceRequest {
        ServiceRequest(bytes: Array(event.sale.id.text.utf8))
    }
    public func advice(for code: String?) -> String { "Ask the one who wrote the script" }
    public func probe() async -> ServiceFailure? { nil }
    public func probeReveals(_ code: String) -> Bool { false }
    public func shutdown() async {}

    public func begin(_ job: OwedJob) async -> StepOutcome {
        let (fault, heard) = state.withLock { state -> (StageFault?, [CheckedContinuation<Void, Never>]) in
            state.begins += 1
            let begins = state.begins
            let heard = state.waiting.filter { $0.count <= begins }.map(\.continuation)
            state.waiting.removeAll { $0.count <= begins }
            guard let first = state.faults.first else { return (nil, heard) }
            if let left = first.left {
                if left <= 1 { state.faults.removeFirst() } else { state.faults[0].left = left - 1 }
            }
            return (first.fault, heard)
        }
        for continuation in heard { continuation.resume() }
        switch fault {
        case nil: return act(job)
        case .lostBeforeActing, .garbage: return .failed(Self.unanswered(isServiceWide: false))
        case .unavailable: return .failed(Self.unanswered(isServiceWide: true))
        case .lostAfterActing, .cut, .huge:
            _ = act(job)
            return .failed(Self.unanswered(isServiceWide: false))
        case .slow:
            _ = act(job)
            try? await Task.sleep(for: .milliseconds(500))
            return .failed(Self.unanswered(isServiceWide: false))
        case .accountRefused:
            return .failed(.init(code: "Scripted::Account", message: "refused", disposition: .holdAccount))
        case .jobRefused: return .failed(.init(code: "Scripted::Job", message: "refused", disposition: .reject))
        }
    }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard state.withLock({ $0.actions[job.key] }) != nil else {
            return .failed(.init(code: "Scripted::NotFound", message: "not found", disposition: .retry))
        }
        return .done(.link("https://scripted.example/\(job.key)", total: nil))
    }

    private func act(_ job: OwedJob) -> StepOutcome {
        state.withLock { state in
            if state.actions[job.key] != nil {
                return .failed(
                    .init(code: "Scripted::Exists", message: "it is there already", disposition: .alreadyActed))
            }
            state.actions[job.key, default: 0] += 1
            return .begun(remoteID: nil)
        }
    }

    private static func unanswered(isServiceWide: Bool) -> ServiceFailure {
        ServiceFailure(
            code: "Scripted::Unanswered", message: "no answer", disposition: .noAnswer(isServiceWide: isServiceWide),
            mayHaveActed: true)
    }

    // MARK: The other end

    public func inject(_ fault: StageFault, times: Int?) { state.withLock { $0.faults.append((fault, times)) } }
    public func heal() { state.withLock { $0.faults = [] } }
    public func actions() -> [String: Int] { state.withLock(\.actions) }

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
