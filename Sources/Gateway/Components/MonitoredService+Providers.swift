import Foundation
import Monitoring
import RemoteServices
import Sales

extension [MonitoredService] {
    init(_ providers: ProviderSet) {
        let former = providers.former.map { MonitoredService($0, role: .registersOldSales) }
        let missing = providers.missing.map { MonitoredService(missing: $0, inUse: providers.current.name) }
        self = [MonitoredService(providers.current, role: .registersNewSales)] + former + missing
    }
}

extension MonitoredService {
    init(_ service: any RemoteService, role: Role) {
        self.init(service.name, title: service.title, role: role) { service.advice(for: $0) }
    }

    init(missingReader name: ServiceName) {
        self.init(name, title: "ScanlyIQ", role: .missingReader) { _ in "Configure [slips] again until they are read" }
    }

    fileprivate init(missing name: ServiceName, inUse provider: ServiceName) {
        self.init(name, title: name.rawValue.capitalized, role: .missing) { _ in
            "Configure [\(name)] again until they are registered, or move those that no attempt has reached: kamkap retry ID --provider \(provider)"
        }
    }
}
