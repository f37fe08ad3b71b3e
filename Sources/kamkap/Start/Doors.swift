import Foundation
import Gateway
import Host
import Intake
import Logging
import Settings

/// Where tills come in, open from before the first service runs: whoever connects from now on is served.
struct Doors {
    struct Door {
        /// Bound and listening.
        let descriptor: CInt
        let access: TillAccess
    }

    let all: [Door]
    let socketPath: String
    /// The socket file of our own making; nil where systemd made it.
    private let socket: UnixSocket?

    /// A certificate is told of so many days before it expires.
    private static let notice: TimeInterval = 21 * 86_400

    /// - Parameters:
    ///   - sandbox: an address that needs no token.
    ///   - received: what systemd has opened: a Unix socket takes the place of `intake.socket`, one of the network that of
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
        do {
            all =
                descriptors.map { Door(descriptor: $0, access: .local) }
                + (try Self.networkDoors(intake, received: received.filter { !$0.isLocal }, logger: logger))
                + (try sandbox.map(Self.sandboxDoor) ?? [])
        } catch {
            socket?.remove()
            throw error
        }
    }

    private static func networkDoors(
        _ intake: IntakeSettings, received: [ListenDescriptors.Socket], logger: Logger
    ) throws -> [Door] {
        guard intake.listen != nil || !received.isEmpty else { return [] }
        let access = try networkAccess(intake, logger: logger)
        if received.isEmpty, let address = intake.listen {
            return [Door(descriptor: try listen(address, key: "intake.listen"), access: access)]
        }
        return received.map { Door(descriptor: $0.descriptor, access: access) }
    }

    private static func sandboxDoor(_ address: ListenAddress) throws -> [Door] {
        [Door(descriptor: try listen(address, key: "--listen"), access: .network(token: nil, tls: nil))]
    }

    /// Takes away what would lead to nobody.
    func remove() { socket?.remove() }

    /// Reads the token and the certificate as the configuration names them.
    static func networkAccess(_ intake: IntakeSettings, logger: Logger? = nil) throws -> TillAccess {
        guard let file = intake.tokenFile else {
            throw CommandExit(
                .badConfiguration, "intake.token_file: required: tills on the network have to prove themselves")
        }
        guard let token = BearerToken(try secret(file, key: "intake.token_file")) else {
            throw CommandExit(.badConfiguration, "intake.token_file: \(file): expected \(BearerToken.rule)")
        }
        guard let certificate = intake.tlsCertificate, let key = intake.tlsKey else {
            logger?.warning(
                "tills on the network are not encrypted; for that, see intake.tls_certificate in docs/operate.md")
            return .network(token: token, tls: nil)
        }
        let keyText = try secret(key, key: "intake.tls_key")
        do throws(TillTLS.Fault) {
            let tls = try TillTLS(certificate: certificate, key: keyText)
            if tls.expiresAt.timeIntervalSinceNow < notice {
                let day = tls.expiresAt.formatted(.iso8601.year().month().day())
                logger?.warning(
                    "the certificate of intake.tls_certificate expires soon, or has; tills refuse it then",
                    metadata: [LogKey.expires: "\(day)"])
            }
            return .network(token: token, tls: tls)
        } catch {
            throw CommandExit(
                .badConfiguration, "\(error.isOfKey ? "intake.tls_key" : "intake.tls_certificate"): \(error.message)")
        }
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
