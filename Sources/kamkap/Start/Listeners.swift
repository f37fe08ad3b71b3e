import Foundation
import Gateway
import Host
import Intake
import Logging
import Runtime
import Settings

/// Where tills connect, open before the first service runs: a till that connects from now on is served.
struct Listeners {
    struct BoundListener {
        /// Bound and listening.
        let descriptor: CInt
        let access: ListenerAccess
    }

    let all: [BoundListener]
    /// For network listeners; nil if there is none, or if it needs no token.
    private let keys: NetworkCredentials?
    let socketPath: String
    /// The socket file that we made; nil if systemd made it.
    private let socket: UnixSocket?

    /// - Parameters:
    ///   - sandbox: an address that needs no token.
    ///   - received: sockets that systemd has opened: a Unix socket replaces `intake.socket`, a network socket replaces
    ///     `intake.listen`.
    init(
        opening intake: IntakeSettings, sandbox: ListenAddress?, received: [ListenDescriptors.Socket], logger: Logger
    ) throws {
        if let odd = received.first(where: { !$0.isStream }) {
            throw CommandExit(
                .systemFault, "the socket \"\(odd.name)\" that systemd opened is no stream; it takes ListenStream=")
        }
        let local = received.filter(\.isLocal)
        socketPath = intake.socket
        socket = local.isEmpty ? try Self.bind(intake) : nil
        let descriptors = local.map(\.descriptor) + (socket.map { [$0.descriptor] } ?? [])
        let network = received.filter { !$0.isLocal }
        do {
            keys = intake.listen == nil && network.isEmpty ? nil : try Self.networkKeys(intake, logger: logger)
            all =
                descriptors.map { BoundListener(descriptor: $0, access: .local) }
                + (try keys.map { try Self.networkListeners(intake, keys: $0, received: network) } ?? [])
                + (try sandbox.map(Self.sandboxListener) ?? [])
        } catch {
            socket?.remove()
            throw error
        }
    }

    private static func networkListeners(
        _ intake: IntakeSettings, keys: NetworkCredentials, received: [ListenDescriptors.Socket]
    ) throws -> [BoundListener] {
        if received.isEmpty, let address = intake.listen {
            return [BoundListener(descriptor: try listen(address, key: "intake.listen"), access: .network(keys))]
        }
        return received.map { BoundListener(descriptor: $0.descriptor, access: .network(keys)) }
    }

    private static func sandboxListener(_ address: ListenAddress) throws -> [BoundListener] {
        [
            BoundListener(
                descriptor: try listen(address, key: "--listen"),
                access: .network(NetworkCredentials(token: nil, tls: nil)))
        ]
    }

    /// Removes a socket file that would lead to nobody.
    func remove() { socket?.remove() }

    /// Whether there is anything that ``renewKeys(_:logger:)`` would read.
    var haveKeys: Bool { keys != nil }

    /// Reads tokens and certificate again. If one cannot be read, the old ones stay.
    func renewKeys(_ intake: IntakeSettings, logger: Logger) throws {
        guard let keys else { return }
        keys.replace(by: try Self.networkKeys(intake, logger: logger))
    }

    /// Reads the configured tokens and certificate.
    static func networkKeys(_ intake: IntakeSettings, logger: Logger? = nil) throws -> NetworkCredentials {
        guard let file = intake.tokenFile else {
            throw CommandExit(
                .badConfiguration, "intake.token_file: required: tills on the network need a token")
        }
        let token = try token(file, key: "intake.token_file")
        let staffToken = try intake.staffTokenFile.map { try Self.token($0, key: "intake.staff_token_file") }
        guard token != staffToken else {
            throw CommandExit(
                .badConfiguration,
                "intake.staff_token_file: expected another token than that of intake.token_file: tills would do all that staff may"
            )
        }
        guard let certificate = intake.tlsCertificate, let key = intake.tlsKey else {
            logger?.warning(
                "tills on the network are not encrypted: see intake.tls_certificate in docs/operate.md")
            return NetworkCredentials(token: token, staffToken: staffToken, tls: nil)
        }
        let tls = try ListenerTLS(
            .init(certificate: certificate, key: key, table: "intake", callers: "tills"), logger: logger)
        return NetworkCredentials(token: token, staffToken: staffToken, tls: tls)
    }

    private static func token(_ path: String, key: String) throws -> BearerToken {
        guard let token = BearerToken(try secret(path, key: key)) else {
            throw CommandExit(.badConfiguration, "\(key): \(path): expected \(BearerToken.rule)")
        }
        return token
    }

    private static func secret(_ path: String, key: String) throws -> String {
        do { return try PrivateFile.text(path) } catch {
            throw CommandExit(.badConfiguration, "\(key): \(error.message)")
        }
    }

    private static func bind(_ intake: IntakeSettings) throws -> UnixSocket {
        try Folders.make(for: intake.socket)
        do {
            return try UnixSocket.bind(path: intake.socket, mode: intake.socketMode, group: intake.socketGroup)
        } catch {
            throw CommandExit(.systemFault, error.message)
        }
    }

    private static func listen(_ address: ListenAddress, key: String) throws -> CInt {
        do { return try TCPSocket.listen(host: address.host, port: address.port) } catch {
            throw CommandExit(.systemFault, "\(key): \(error.message)")
        }
    }
}
