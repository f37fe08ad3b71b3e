import Foundation
import Sales

/// Where a service is. Requests carry what was sold and to whom: they leave the machine encrypted or not at all.
enum EndpointText {
    static let rule = "an https URL (http only to this machine)"

    static func parse(_ text: String) -> String? {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty else { return nil }
        switch url.scheme {
        case "https": return text
        case "http" where ["127.0.0.1", "localhost", "::1"].contains(host): return text
        default: return nil
        }
    }
}

extension SettingsReader {
    /// How long one call may take.
    mutating func timeout(_ name: String) -> Duration? {
        parsed(name, rule: "\(DurationText.rule), above 0") { text in
            DurationText.parse(text).flatMap { $0 > .zero ? $0 : nil }
        }
    }
}
