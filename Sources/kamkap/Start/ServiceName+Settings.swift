import Sales
import Settings

extension ServiceName {
    init(_ provider: ProviderSettings.Service) {
        switch provider {
        case .slime: self = .slime
        case .billgate: self = .billgate
        }
    }
}
