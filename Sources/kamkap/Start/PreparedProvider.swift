import Billgate
import Gateway
import HTTPCalls
import Logging
import RemoteServices
import Sales
import Settings
import Slime

/// A configured provider, of which every file is read: making it cannot fail.
struct PreparedProvider {
    private let name: ServiceName
    /// Its calls, by their names in metrics.
    private let calls: [String]
    private let make: (ServiceObserver) -> any SaleProvider

    init(_ provider: ConfiguredProvider) throws {
        switch provider {
        case .slime(let settings): try self.init(settings)
        case .billgate(let settings): try self.init(settings)
        }
    }

    private init(_ settings: SlimeSettings) throws {
        let endpoint = try SlimeEndpoint(settings)
        let options = try SlimeCallOptions(settings)
        name = .slime
        calls = SlimeService.calls
        make = { observer in
            SlimeService(client: SlimeClient(endpoint: endpoint, options: options), clock: .system, observer: observer)
        }
    }

    private init(_ settings: BillgateSettings) throws {
        let endpoint = try BillgateEndpoint(settings)
        let options = try BillgateCallOptions(settings)
        name = .billgate
        calls = BillgateService.calls
        make = { observer in
            BillgateService(
                client: BillgateClient(endpoint: endpoint, options: options), terms: BillgateTerms(settings),
                observer: observer)
        }
    }

    /// - Parameter logger: for what its clock shows.
    func provider(seenBy observability: Observability, logger: Logger) -> any SaleProvider {
        make(observability.observer(of: name, calls: calls, logger: logger))
    }

    /// One that nobody watches, for a question.
    func provider() -> any SaleProvider { make(ServiceObserver()) }
}

/// The configured providers, of which every file is read.
struct PreparedProviders {
    private let current: PreparedProvider
    private let former: PreparedProvider?

    init(_ settings: ProviderSettings) throws {
        current = try PreparedProvider(settings.current)
        former = try settings.former.map { try PreparedProvider($0) }
    }

    /// - Parameter logger: for what their clocks show.
    func providers(seenBy observability: Observability, logger: Logger) -> ProviderSet {
        ProviderSet(
            current.provider(seenBy: observability, logger: logger),
            former: former.map { [$0.provider(seenBy: observability, logger: logger)] } ?? [])
    }
}
