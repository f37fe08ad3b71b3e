import Foundation
import Sales
import Slime

/// The three calls, each signed with the provider's time as far as it is known, and sent once more at once where the clock
/// could be corrected.
struct SlimeCalls {
    let slime: SlimeClient
    let jobWorker: JobWorker

    func stub(_ data: [UInt8]) async -> Result<Void, SlimeError> {
        await answer(.stub) { now throws(SlimeError) in try await slime.initiateStub(data: data, issuedAt: now) }
    }

    /// The link, which the provider may not have yet, and what it holds the trade to be worth.
    func show(_ id: TransactionID) async -> Result<ShownTransaction, SlimeError> {
        await answer(.show) { now throws(SlimeError) in try await slime.show(id, issuedAt: now) }
    }

    /// Why `test/hello` is refused; nil where it is not.
    func hello() async -> SlimeError? {
        let result = await answer(.hello) { now throws(SlimeError) in try await slime.hello(issuedAt: now) }
        if case .failure(let error) = result { return error }
        return nil
    }

    private func answer<Value: Sendable>(
        _ name: SlimeCall, _ call: (Date) async throws(SlimeError) -> Value
    ) async -> Result<Value, SlimeError> {
        let signing = await jobWorker.signing
        do {
            return .success(try await counted(name, at: signing.time, call))
        } catch {
            guard case .exception(let exception) = error.kind, exception.meaning == .clock,
                await jobWorker.correctClock(by: error.serverDate, signedWith: signing.correction)
            else { return .failure(error) }
        }
        let time = await jobWorker.signing.time
        do { return .success(try await counted(name, at: time, call)) } catch { return .failure(error) }
    }

    private func counted<Value: Sendable>(
        _ name: SlimeCall, at time: Date, _ call: (Date) async throws(SlimeError) -> Value
    ) async throws(SlimeError) -> Value {
        do {
            let value = try await call(time)
            jobWorker.observer.called(name.rawValue, nil)
            return value
        } catch {
            jobWorker.observer.called(name.rawValue, error.outcome)
            throw error
        }
    }
}

enum SlimeCall: String, CaseIterable {
    case stub, show, hello
}

extension SlimeError {
    fileprivate var outcome: String {
        switch kind {
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .proxyFailed: "proxy"
        case .unanswered: "unanswered"
        case .unexpectedStatus: "status"
        case .unintelligible: "unintelligible"
        case .exception: "exception"
        case .unusable: "unusable"
        }
    }
}
