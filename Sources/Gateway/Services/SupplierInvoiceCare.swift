import Foundation
import Journey
public import Logging
import Outbox
import RemoteServices
public import Runtime
public import ServiceLifecycle
import SupplierInvoices

/// Files the invoices of suppliers of which nothing is owed any more, and takes back what is still published of them. What a kill
/// left half done is done at the start.
public struct SupplierInvoiceCare: Service {
    private static let interval: TimeInterval = 60
    private static let step = 50
    /// So many calls may go unanswered before the rest waits for the next look.
    private static let patience = 3

    private let invoices: SupplierInvoiceOperations
    private let clock: GatewayClock
    private let logger: Logger

    public init(of invoices: SupplierInvoiceOperations, clock: GatewayClock = .system, logger: Logger) {
        self.invoices = invoices
        self.clock = clock
        self.logger = logger
    }

    /// Nobody watches whether it is alive: a folder that hangs is no reason to stop selling.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            let (signal, ticks) = (WakeSignal(), invoices.outbox.changes.ticks(of: .supplierInvoices))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await signal.notify(at: ticks) }
                group.addTask {
                    await takeStray()
                    var troubles: Set<String> = []
                    while !Task.isCancelled {
                        troubles = await lookOnce(known: troubles)
                        await signal.wait(until: clock.now.addingTimeInterval(Self.interval), clock: clock)
                    }
                }
                await group.waitForAll()
            }
        }
    }

    /// Once: while the gateway runs, none comes there before it is written down.
    private func takeStray() async {
        do { try await invoices.takeStray() } catch { report(error, of: nil, isKnown: false) }
    }

    /// What could not be done, and is tried again: each is logged once as long as it lasts.
    ///
    /// - Parameter known: what the look before could not do.
    func lookOnce(known: Set<String> = []) async -> Set<String> {
        var troubles: Set<String> = []
        for care in Outbox.SupplierInvoiceCare.allCases {
            do {
                troubles.formUnion(try await lookOnce(at: care, known: known))
            } catch {
                troubles.insert("\(care)")
                report(error, of: nil, isKnown: known.contains("\(care)"))
            }
        }
        return troubles
    }

    /// One that cannot be done stops none of the others.
    private func lookOnce(
        at care: Outbox.SupplierInvoiceCare, known: Set<String>
    ) async throws -> Set<String> {
        var (after, unanswered, troubles): (Int64, Int, Set<String>) = (0, 0, [])
        while !Task.isCancelled, unanswered < Self.patience {
            let due = try await invoices.outbox.supplierInvoices(to: care, after: after, limit: Self.step)
            for record in due where !Task.isCancelled && unanswered < Self.patience {
                after = record.number
                do { try await attend(to: record.number, care) } catch {
                    if (error as? ServiceFailure)?.isOfAll == true { unanswered += 1 }
                    let trouble = "\(care) \(record.number)"
                    troubles.insert(trouble)
                    report(error, of: record.number, isKnown: known.contains(trouble))
                }
            }
            if due.count < Self.step { break }
        }
        return troubles
    }

    /// Looked at once more by the only task that moves files: staff may have asked for something meanwhile.
    private func attend(to number: Int64, _ care: Outbox.SupplierInvoiceCare) async throws {
        let failure: ServiceFailure? = try await invoices.moving.pass {
            let record = try await invoices.outbox.supplierInvoice(number)
            switch care {
            case .redo where record.isRedoAsked: _ = try await invoices.readAnew(record)
            case .file where !record.state.isOwed && !record.isFiled && !record.isRedoAsked: try await file(record)
            case .clear where !record.state.isOwed && !record.isCleared: return await invoices.clear(record)
            default: break
            }
            return nil
        }
        if let failure { throw failure }
    }

    private func file(_ record: SupplierInvoiceRecord) async throws {
        do { try await invoices.file(record) } catch let error as SupplierFolderError where error.code == .missing {
            // Somebody took it away: nothing is left to move.
            logger.warning("file of a supplier's invoice is gone", metadata: [LogKey.invoice: "\(record.number)"])
            try await invoices.outbox.filed(supplierInvoice: record.number)
        }
    }

    /// Nothing of what a file is called, or of what the service says.
    private func report(_ error: any Error, of number: Int64?, isKnown: Bool) {
        if isKnown || Task.isCancelled { return }
        let reason =
            switch error {
            case let failure as ServiceFailure: failure.code
            case let error as SupplierFolderError: "\(error.code)"
            case let error as OutboxError: error.message
            default: "it cannot be read"
            }
        logger.error(
            "supplier's invoice not put in order",
            metadata: [LogKey.invoice: "\(number.map(String.init) ?? "-")", LogKey.reason: "\(reason)"])
    }
}

extension ServiceFailure {
    /// Whether the next one would fail as well.
    fileprivate var isOfAll: Bool {
        switch disposition {
        case .noAnswer, .holdAccount: true
        default: false
        }
    }
}
