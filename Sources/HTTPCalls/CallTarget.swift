import Foundation

/// Where a call goes, for the call and for the message about its failure.
struct CallTarget: Sendable {
    /// What is called, for messages.
    enum Subject: Sendable {
        /// The service itself. Messages name its host and port, never path, headers or login.
        case service
        /// A file whose location the service has named. Messages do not even name its host.
        case file
    }

    let service: String
    let table: String
    let timeout: Duration
    let proxy: HTTPProxy?
    let subject: Subject
    let host: String
    let port: Int
    let isEncrypted: Bool

    init(url: String, options: CallOptions, subject: Subject = .service) {
        let url = URLComponents(string: url)
        service = options.service.name
        table = options.service.table
        timeout = options.timeout
        proxy = options.proxy
        self.subject = subject
        isEncrypted = url?.scheme?.lowercased() == "https"
        let host = url?.host ?? ""
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        port = url?.port ?? (isEncrypted ? 443 : 80)
    }

    private static let unnamed = "the file's host"

    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    // MARK: For messages

    var address: String { subject == .service ? authority : Self.unnamed }
    var namedHost: String { subject == .service ? host : Self.unnamed }
    var name: String { subject == .service ? "the name \(host)" : "the name of \(Self.unnamed)" }
    /// Where the name was read, if somebody can correct it.
    var nameSource: String { subject == .service ? "\(table).endpoint and " : "" }
    /// What else it may be where a server is not the one that was meant.
    var suspicion: String {
        subject == .service ? "a captive portal, or a wrong \(table).endpoint" : "a captive portal"
    }
}
