import Gateway
import Logging
import Outbox
import RemoteServices
import Settings

/// What reads slips and suppliers' invoices, as far as it is configured.
struct Readers {
    var slips: SlipTasks?
    var supplierInvoices: SupplierInvoiceTasks?

    func shutdown() async {
        try? await slips?.service.shutdown()
        try? await supplierInvoices?.service.shutdown()
    }
}

/// The configured readers, of which every file is read.
struct PreparedReaders {
    private let slips: PreparedSlips?
    private let supplierInvoices: PreparedSupplierInvoices?

    init(_ settings: Settings) throws {
        slips = try PreparedSlips(settings)
        supplierInvoices = try PreparedSupplierInvoices(settings)
    }

    /// - Parameters:
    ///   - readers: has those that are made, also if a later one cannot be.
    ///   - logger: for what their clocks show.
    func make(
        _ readers: inout Readers, seenBy observability: Observability, outbox: Outbox, logger: Logger
    ) throws {
        readers.slips = try slips?.tasks(seenBy: observability, logger: logger)
        readers.supplierInvoices = try supplierInvoices?.tasks(seenBy: observability, outbox: outbox, logger: logger)
    }
}
