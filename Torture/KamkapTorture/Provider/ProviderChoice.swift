import ArgumentParser
import Logging

/// Whom the gateway registers its sales at.
enum ProviderChoice: String, ExpressibleByArgument, CaseIterable {
    case slime, billgate

    func staged(logger: Logger) -> any StagedProvider {
        switch self {
        case .slime: StagedSlime(logger: logger)
        case .billgate: StagedBillgate(logger: logger)
        }
    }
}
