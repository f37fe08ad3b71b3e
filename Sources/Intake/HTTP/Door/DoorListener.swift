public import Logging
import Monitoring
public import ServiceLifecycle
import Synchronization

/// Gives out suppliers' invoices to those who know their links, on a socket of its own. It has no route of the API: whoever
/// comes in here finds no sale, whatever token they have.
public struct DoorListener: Service {
    private let descriptor: CInt
    private let keys: DoorCertificate
    private let documents: DoorDocumentSource
    private let limits: DoorLimits
    private let opened: @Sendable () -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - descriptor: a bound and listening stream socket; it is closed when the service ends.
    ///   - opened: called once it serves.
    public init(
        descriptor: CInt, certificate: DoorCertificate, limits: DoorLimits = DoorLimits(),
        documents: @escaping DoorDocumentSource, opened: @escaping @Sendable () -> Void = {}, logger: Logger
    ) {
        self.descriptor = descriptor
        keys = certificate
        self.documents = documents
        self.limits = limits
        self.opened = opened
        self.logger = logger
    }

    public func run() async throws {
        let book = ConnectionRegistry(limit: limits.connections)
        let responder = DoorResponder(documents: documents, limits: limits, book: book)
        // Its connections are no tills': it counts them nowhere.
        let connections = ConnectionService(
            descriptor: descriptor, transport: .init(isNetwork: true) { [keys] in keys.tls }, idle: limits.idle,
            book: book, meters: GatewayMeters(), logger: logger)
        try await connections.run(answer: responder.answer, opened: opened)
    }
}

/// What the door proves itself with. It can be replaced while it serves.
public final class DoorCertificate: Sendable {
    private let held: Mutex<ListenerTLS?>

    /// - Parameter tls: nil for plain text, behind a tunnel.
    public init(_ tls: ListenerTLS?) {
        held = Mutex(tls)
    }

    /// For every new connection; open ones keep theirs.
    var tls: ListenerTLS? { held.withLock(\.self) }

    public func replace(by tls: ListenerTLS?) { held.withLock { $0 = tls } }
}
