import Outbox
import RemoteServices
import Sales
import ServiceLifecycle

/// Questions that are passed on to the provider while somebody waits for the answer: a few at a time, and no longer than the
/// gateway runs.
struct ProviderQuestions: Sendable {
    private static let places = 4
    private static let waitLimit: Duration = .seconds(2)
    /// How long the provider may take to make a document, for whoever asks again.
    private static let making: Duration = .seconds(10)
    /// After a failure that says nothing of its own.
    private static let pause: Duration = .seconds(30)

    let outbox: Outbox
    let provider: any SaleProvider
    private let semaphore: AsyncSemaphore

    init(outbox: Outbox, provider: any SaleProvider) {
        self.outbox = outbox
        self.provider = provider
        semaphore = AsyncSemaphore(
            places: Self.places, waitLimit: Self.waitLimit,
            refusal: "too many questions wait for \(provider.title) already; ask again")
    }

    func sale(_ id: TransactionID) async throws(OperationError) -> SaleRecord {
        do { return try await outbox.sale(id) } catch { throw OperationError(error) }
    }

    /// Whether the sale is this provider's: another one knows nothing of it.
    func check(_ sale: SaleRecord) throws(OperationError) {
        let own = sale.registration.provider
        guard own == provider.name else {
            throw .wrongState("the sale \(sale.id) belongs to \(own), and the configured provider is \(provider.name)")
        }
    }

    /// The provider's answer; nil if it says that there is none.
    func answer<Value: Sendable>(
        _ question: @escaping @Sendable () async throws(DocumentFailure) -> Value
    ) async throws(OperationError) -> Value? {
        do {
            return try await semaphore.pass { try await cancelWhenGracefulShutdown { try await question() } }
        } catch let failure as DocumentFailure {
            if failure.kind == .absent { return nil }
            throw refusal(failure)
        } catch let refusal as OperationError {
            throw refusal
        } catch {
            throw .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }

    /// Whether it is worth asking while there is another answer: nobody waits for a provider that is known to be away.
    func isProviderUp() async throws(OperationError) -> Bool {
        do { return try await outbox.account(of: provider.name).condition == .up } catch { throw OperationError(error) }
    }

    func notYet(_ what: String) -> OperationError {
        .notYet("\(what) is not made yet; ask again in a moment", retryAfter: Self.making)
    }

    private func refusal(_ failure: DocumentFailure) -> OperationError {
        let reason = failure.failure
        if failure.kind == .notYet {
            return .notYet(
                "\(provider.title) is still making the document; ask again in a moment",
                retryAfter: reason.retryAfter ?? Self.making)
        }
        return .unavailable(
            "\(provider.title) did not answer with what was asked for (\(reason.code)): \(reason.message)",
            retryAfter: reason.retryAfter ?? Self.pause)
    }
}
