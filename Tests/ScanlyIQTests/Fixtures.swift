import JSON
import RemoteServices
import Sales
import Simulators
import Synchronization

@testable import ScanlyIQ

struct FixtureError: Error {}

enum Fixture {
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array("a photograph\r\n--of a slip".utf8) + [0xFF, 0xD9]
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("pixels".utf8)
    static let webp: [UInt8] = Array("RIFF".utf8) + [6, 0, 0, 0] + Array("WEBPVP".utf8)

    static func bytes(_ media: SlipMedia) -> [UInt8] {
        switch media {
        case .jpeg: jpeg
        case .png: png
        case .webp: webp
        }
    }

    static func object(_ json: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(json.utf8)) else { throw FixtureError() }
        return object
    }
}

/// A simulated ScanlyIQ that listens, and services that are set up for it.
struct ScanlyIQStand: Sendable {
    let simulator: ScanlyIQSimulator
    let service: ScanlyIQService

    func job(
        _ media: SlipMedia = .jpeg, mayHaveActed: Bool = false, search: JobSearch = JobSearch(), remoteID: String? = nil
    ) -> OwedJob {
        let request = #"{"image":"one","media":"\#(media.rawValue)"}"#
        return OwedJob(
            kind: .slip, key: String(repeating: "0", count: 32), request: ServiceRequest(bytes: Array(request.utf8)),
            mayHaveActed: mayHaveActed, search: search, remoteID: remoteID)
    }

    /// The upload's id.
    func upload(_ media: SlipMedia = .jpeg) async throws -> String {
        let outcome = await service.begin(job(media))
        guard case .prepared(let id?, _) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return id
    }

    /// The job's id.
    func create(_ media: SlipMedia = .jpeg) async throws -> String {
        try begun(await service.begin(job(media, remoteID: try await upload(media))))
    }

    func begun(_ outcome: StepOutcome) throws -> String {
        guard case .begun(let id?) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return id
    }

    func failure(_ outcome: StepOutcome) throws -> ServiceFailure {
        guard case .failed(let failure) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return failure
    }

    func absence(_ outcome: StepOutcome) throws -> ServiceFailure {
        guard case .absent(let failure) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return failure
    }

    /// What is read in the end, after so many absences.
    func reading(of id: String) async throws -> (reading: SlipReading, credits: Int?, absences: Int) {
        for absences in 0..<10 {
            switch await service.follow(job(search: JobSearch(absences: absences), remoteID: id)) {
            case .done(.reading(let reading, let credits)): return (reading, credits, absences)
            case .absent: continue
            case let outcome: throw UnexpectedOutcome(outcome: outcome)
            }
        }
        throw FixtureError()
    }

    func allow(_ change: (inout ScanlyIQSimulator.Leeway) -> Void) async throws {
        var leeway = await simulator.currentLeeway
        change(&leeway)
        try await simulator.setLeeway(leeway)
    }
}

struct UnexpectedOutcome: Error {
    let outcome: StepOutcome
}

struct StandTerms {
    var terms = ScanlyIQTerms()
    var limits = CallLimits.usual
    var key: String?
    var timeout: Duration = .seconds(10)
    var configuration = ScanlyIQSimulator.Configuration()
    var images: SlipImageSource?
}

func withScanlyIQ<Value: Sendable>(
    _ change: (inout StandTerms) -> Void = { _ in }, _ body: (ScanlyIQStand) async throws -> Value
) async throws -> Value {
    try await withTwoServices(change) { stand, _ async throws in try await body(stand) }
}

/// The second service knows nothing of what the first one did, as after a restart.
func withTwoServices<Value: Sendable>(
    _ change: (inout StandTerms) -> Void = { _ in }, _ body: (ScanlyIQStand, ScanlyIQStand) async throws -> Value
) async throws -> Value {
    var terms = StandTerms()
    change(&terms)
    let simulator = ScanlyIQSimulator(configuration: terms.configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        let endpoint = try await simulator.endpoint()
        let clients = (0..<2).map { _ in
            ScanlyIQClient(
                endpoint: ScanlyIQEndpoint(url: endpoint, key: terms.key ?? terms.configuration.key),
                options: ScanlyIQCallOptions(timeout: terms.timeout, uploadTimeout: terms.timeout, connections: 4),
                limits: terms.limits)
        }
        let stands = clients.map { client in
            ScanlyIQStand(
                simulator: simulator,
                service: ScanlyIQService(
                    client: client, terms: terms.terms, images: terms.images ?? { _ in Fixture.jpeg }))
        }
        let result: Result<Value, any Error>
        do { result = .success(try await body(stands[0], stands[1])) } catch { result = .failure(error) }
        // A client that is dropped without it ends the whole test run.
        for client in clients { try await client.shutdown() }
        return try result.get()
    }
}
