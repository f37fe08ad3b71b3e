import Foundation

/// Where a call goes, for the message about its failure. Holds nothing secret: host and port, never path, headers or
/// login.
struct CallTarget: Sendable {
    let service: String
    let table: String
    let timeout: Duration
    let proxy: HTTPProxy?
    let host: String
    let port: Int
    let isEncrypted: Bool

    init(url: String, options: CallOptions) {
        let url = URLComponents(string: url)
        service = options.service.name
        table = options.service.table
        timeout = options.timeout
        proxy = options.proxy
        isEncrypted = url?.scheme?.lowercased() == "https"
        let host = url?.host ?? ""
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        port = url?.port ?? (isEncrypted ? 443 : 80)
    }

    var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
