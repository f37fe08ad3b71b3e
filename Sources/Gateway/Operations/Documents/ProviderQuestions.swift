import Outbox
import RemoteServices
import Sales
import ServiceLifecycle

/// Questions that are passed on to a provider while somebody waits for the answer: a few at a time, and no longer than the
/// gateway runs.
struct ProviderQuestions: Sendable {
    private static let places = 4
    private static let waitLimit: Duration = .seconds(2)
    /// How long the provider may take to make a document, for whoever asks again.
    private static let making: Duration = .seconds(10)
    /// After a failure that says nothing of its own.
    private static let pause: Duration = .seconds(30)

    let outbox: Outbox
    let providers: ProviderSet
    /// One each: who waits for one provider keeps nobody from another.
    private let semaphores: [ServiceName: AsyncSemaphore]

    init(outbox: Outbox, providers: ProviderSet) {
        self.outbox = outbox
        self.providers = providers
        semaphores = Dictionary(
            uniqueKeysWithValues: providers.all.map { provider in
                (
                    provider.name,
                    AsyncSemaphore(
                        places: Self.places, waitLimit: Self.waitLimit,
                        refusal: "too many questions wait for \(provider.title) already; ask again")
                )
            })
    }

    func sale(_ id: TransactionID) async throws(OperationError) -> SaleRecord {
        do { return try await outbox.sale(id) } catch { throw OperationError(error) }
    }

    /// The sale's own: another one knows nothing of it.
    func provider(of sale: SaleRecord) throws(OperationError) -> any SaleProvider {
        try providers.provider(of: sale.id, named: sale.registration.provider)
    }

    /// The provider's answer; nil if it says that there is none.
    func answer<Value: Sendable>(
        of provider: any SaleProvider, _ question: @escaping @Sendable () async throws(DocumentFailure) -> Value
    ) async throws(OperationError) -> Value? {
        guard let semaphore = semaphores[provider.name] else {
            throw .wrongState("\(provider.title) is not configured")
        }
        do {
            return try await semaphore.pass { try await cancelWhenGracefulShutdown { try await question() } }
        } catch let failure as DocumentFailure {
            if failure.kind == .absent { return nil }
            throw refusal(failure, of: provider)
        } catch let refusal as OperationError {
            throw refusal
        } catch {
            throw .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }

    /// Whether it is worth asking while there is another answer: nobody waits for a provider that is known to be away.
    func isProviderUp(of sale: SaleRecord) async throws(OperationError) -> Bool {
        do { return try await outbox.account(of: sale.registration.provider).condition == .up } catch {
            throw OperationError(error)
        }
    }

    func notYet(_ what: String) -> OperationError {
        .notYet("\(what) is not made yet; ask again in a moment", retryAfter: Self.making)
    }

    private func refusal(_ failure: DocumentFailure, of provider: any SaleProvider) -> OperationError {
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

extension ProviderSet {
    /// - Parameter name: under which the sale was accepted.
    func provider(of sale: TransactionID, named name: ServiceName) throws(OperationError) -> any SaleProvider {
        guard let provider = self[name] else {
            throw .wrongState(
                "the sale \(sale) was accepted under \(name), and [\(name)] is not in the configuration; configure it again"
            )
        }
        return provider
    }
}
