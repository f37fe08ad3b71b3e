import Foundation
import Sales

/// `[supplier_invoices.door]`: a listener of the gateway's own, from which the service fetches a document.
public struct DoorSettings: Sendable, Equatable {
    public var listen: ListenAddress
    /// How the listener is reached from outside, without a slash at its end.
    public var publicBase: String
    /// Absolute paths; nil without TLS, for a tunnel that ends on this machine.
    public var tls: Files?
    /// How long a link is good.
    public var linkLife = LinkLife.usual

    public struct Files: Sendable, Equatable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    public init(listen: ListenAddress, publicBase: String, tls: Files?) {
        self.listen = listen
        self.publicBase = publicBase
        self.tls = tls
    }
}

extension DoorSettings {
    private static let baseRule = "\(EndpointText.rule), without login, query and fragment"
    private static let onThisMachine = ["127.0.0.1", "::1", "localhost"]

    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let listen = table.parsed("listen", required: true, rule: ListenAddress.rule, ListenAddress.init)
        let base = table.parsed("public_base", required: true, rule: Self.baseRule, Self.base)
        let certificate = table.string("tls_certificate")
        let key = table.string("tls_key")
        let linkLife = table.parsed("link_life", rule: LinkLife.rule, LinkLife.parse)
        table.refuseUnknownKeys()
        if (certificate == nil) != (key == nil) {
            table.faults.add(table.key("tls_certificate"), "tls_certificate and tls_key go together")
        } else if certificate == nil, let listen, !Self.onThisMachine.contains(listen.host) {
            table.faults.add(
                table.key("tls_certificate"),
                "required, and tls_key as well: only a listener at 127.0.0.1, behind a tunnel, goes without")
        }
        guard let listen, let base else { return nil }
        let files = certificate.flatMap { certificate in
            key.map { Files(certificate: paths.resolve(certificate), key: paths.secret($0)) }
        }
        self.init(listen: listen, publicBase: base, tls: files)
        if let linkLife { self.linkLife = linkLife }
    }

    private static func base(_ text: String) -> String? {
        guard let endpoint = EndpointText.parse(text), let url = URL(string: endpoint), url.user == nil,
            url.query == nil, url.fragment == nil, endpoint.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    }
}
