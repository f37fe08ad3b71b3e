import Gateway
import Host
import Intake
import Logging
import OCRInvoice
import Settings
import SupplierInvoices

/// The door to suppliers' invoices, open before the first service runs.
struct Door {
    /// Bound and listening.
    let descriptor: CInt
    let certificate: DoorCertificate
    private let settings: DoorSettings

    /// Nil unless documents are published by it.
    init?(_ invoices: SupplierInvoicesSettings?, logger: Logger) throws {
        guard case .door(let settings)? = invoices?.publishing else { return nil }
        self.settings = settings
        certificate = DoorCertificate(try Self.tls(settings, logger: logger))
        let address = settings.listen
        do { descriptor = try TCPSocket.listen(host: address.host, port: address.port) } catch {
            throw CommandExit(.systemFault, "supplier_invoices.door.listen: \(error.message)")
        }
    }

    /// Gives out what is published of the invoices.
    func listener(to invoices: SupplierInvoiceOperations, logger: Logger) -> DoorListener {
        DoorListener(
            descriptor: descriptor, certificate: certificate,
            documents: { token in
                await invoices.document(token: token).map {
                    DoorDocument(bytes: $0.bytes, mediaType: $0.type.mediaType)
                }
            }, logger: logger)
    }

    /// Whether there is anything that ``renew(logger:)`` would read.
    var hasCertificate: Bool { settings.tls != nil }

    /// Reads the certificate again. If it cannot be read, the old one stays.
    func renew(logger: Logger) throws {
        certificate.replace(by: try Self.tls(settings, logger: logger))
    }

    /// Nil for plain text, behind a tunnel.
    static func tls(_ settings: DoorSettings, logger: Logger? = nil) throws -> ListenerTLS? {
        try settings.tls.map { files in
            try ListenerTLS(
                .init(
                    certificate: files.certificate, key: files.key, table: "supplier_invoices.door",
                    callers: "readers of invoices"),
                logger: logger)
        }
    }
}
