import Foundation
import RemoteServices
import Sales
import ScanlyIQ
import Simulators
import Synchronization
import TestServices

/// ScanlyIQ over HTTP, against a simulator that shares no code with it. It reads a slip as often as it is told to, and nobody can
/// ask what it has read.
struct ScanlyIQStage: ServiceStage {
    let simulator: ScanlyIQSimulator
    let service: ScanlyIQService
    let secrets: [String]
    private let slips: SlipBook

    var provider: any SaleProvider { SlipsOfSales(service: service) }
    /// The image is uploaded in an attempt of its own.
    let attempts = 2
    let canLook = false

    /// A minute of a test is over at once, and one of the limits is not.
    private static let limits = CallLimits(uploads: 100_000, others: 100_000, window: .seconds(60))

    static func open<Value: Sendable>(_ body: (any ServiceStage) async throws -> Value) async throws -> Value {
        var configuration = ScanlyIQSimulator.Configuration()
        configuration.limits = .none
        configuration.leeway.pendingPolls = 0
        let simulator = ScanlyIQSimulator(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let client = ScanlyIQClient(
                endpoint: ScanlyIQEndpoint(url: try await simulator.endpoint(), key: configuration.key),
                options: ScanlyIQCallOptions(timeout: .seconds(2), uploadTimeout: .seconds(2), connections: 4),
                limits: limits)
            let slips = SlipBook()
            let stage = ScanlyIQStage(
                simulator: simulator, service: ScanlyIQService(client: client, images: { slips.image(of: $0) }),
                secrets: [configuration.key, "xxx-x-x5678-x"], slips: slips)
            let result: Result<Value, any Error>
            do { result = .success(try await body(stage)) } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await client.shutdown()
            return try result.get()
        }
    }

    func prepared(_ job: OwedJob) async throws -> OwedJob {
        guard case .prepared(let id?, _) = await service.begin(job) else { throw FixtureError() }
        return OwedJob(kind: job.kind, key: job.key, request: job.request, remoteID: id)
    }

    func inject(_ fault: StageFault, at call: StageCall, times: Int?) async {
        let kind: ScanlyIQSimulator.Fault.Kind =
            switch fault {
            case .lostBeforeActing: .loseAnswerBeforeActing
            case .lostAfterActing: .loseAnswerAfterActing
            case .garbage: .garbage
            case .cut: .truncated
            case .huge: .packed(.bomb)
            case .slow: .slow(.seconds(8))
            case .unavailable: .unavailable(status: 503)
            case .accountRefused: .refusal(status: 402, body: #"{"error":"pay"}"#)
            case .jobRefused: .refusal(status: 400, body: #"{"error":"no"}"#)
            }
        // A service that answers nobody, or that wants money, says so to whatever it is asked.
        let isOfAll = times == nil && (fault == .unavailable || fault == .accountRefused)
        await simulator.inject(.init(kind, operation: isOfAll ? nil : Self.operation(of: call), times: times))
    }

    private static func operation(of call: StageCall) -> ScanlyIQSimulator.Operation {
        switch call {
        case .begin: .createJob
        case .follow: .showJob
        case .probe: .credits
        }
    }

    func heal() async { await simulator.clearFaults() }

    func waitForBegins(_ count: Int) async throws {
        while await simulator.calls().count(where: { $0.operation == .createJob }) < count {
            try await simulator.waitForCalls(atLeast: await simulator.totals.calls + 1)
        }
    }

    func occupy(_ job: OwedJob) async throws {}

    func actions() async -> [String: Int] {
        let jobs = await simulator.jobsByDigest()
        return Dictionary(uniqueKeysWithValues: jobs.map { (slips.key(of: $0), $1) })
    }
}

/// The images of a test, and whose they are.
private final class SlipBook: Sendable {
    private let keys = Mutex<[String: String]>([:])

    func image(of key: String) -> [UInt8] {
        let image: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(key.utf8)
        keys.withLock { $0[ScanlyIQSimulator.digest(of: image)] = key }
        return image
    }

    func key(of digest: String) -> String { keys.withLock { $0[digest] ?? digest } }
}

/// The suite's jobs are registrations of sales. Here each is a slip, and its link says that it was read: what a job worker does
/// is the same.
private struct SlipsOfSales: SaleProvider {
    let service: ScanlyIQService

    var name: ServiceName { service.name }
    var title: String { service.title }
    var longestLink: String { "https://slips.example/" }
    var abilities: ProviderAbilities { ProviderAbilities(linkOffers: .document, []) }
    var settling: Duration? { service.settling }
    var clockDrift: TimeInterval { service.clockDrift }
    var lastTime: ServiceTime? { service.lastTime }

    func faults(of event: SaleEvent) -> [SaleFault] { [] }

    func request(for event: SaleEvent) -> ServiceRequest {
        ServiceRequest(bytes: Array(#"{"image":"\#(event.sale.id.text)","media":"image/jpeg"}"#.utf8))
    }

    func begin(_ job: OwedJob) async -> StepOutcome { await service.begin(job) }

    func follow(_ job: OwedJob) async -> StepOutcome {
        let outcome = await service.follow(job)
        guard case .done(.reading(let reading, _)) = outcome, reading.amount == "1500.00" else { return outcome }
        return .done(.link("https://slips.example/\(job.key)", total: nil))
    }

    func probe() async -> ServiceFailure? { await service.probe() }
    func probeReveals(_ code: String) -> Bool { service.probeReveals(code) }
    func advice(for code: String?) -> String { service.advice(for: code) }
    func shutdown() async throws { try await service.shutdown() }
}
