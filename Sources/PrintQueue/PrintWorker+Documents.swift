import Foundation
import Journey
import Logging
import Outbox
import Printing
import Runtime

// A document of the provider's: its bytes go to a print server as they are, page by page on A4.
extension PrintWorker {
    /// ISO 216, in hundredths of a millimetre.
    private static let a4 = PageSize(width: 21_000, length: 29_700)
    /// The longest that a printer which took no document is left alone.
    private static let longestPause: Duration = .seconds(30)

    /// A document goes after all papers of sales, also after one that still waits for its link.
    func nextDocument(at now: Date) async throws(OutboxError) -> OwedDocumentPrint? {
        guard settings.printsDocuments, documentsWaitUntil.map({ now >= $0 }) ?? true,
            try await outbox.coming(on: settings.printer.name) == nil
        else { return nil }
        return try await outbox.nextDocumentPrint(on: settings.printer.name)
    }

    /// Brings a document to paper. A printer that took nothing is left alone, each time for twice as long; papers of sales do
    /// not wait for that.
    func bring(_ owed: OwedDocumentPrint, at now: Date) async {
        if await print(owed, at: now) {
            (documentsWaitUntil, documentPause) = (nil, nil)
        } else {
            let pause = min(documentPause.map { $0 * 2 } ?? settings.limits.retryInterval, Self.longestPause)
            (documentsWaitUntil, documentPause) = (clock.now + pause.inSeconds, pause)
        }
    }

    /// Brings a document to paper, and writes down what became of it. False if the printer took nothing now: it waits.
    private func print(_ owed: OwedDocumentPrint, at now: Date) async -> Bool {
        do {
            return try await settle(owed, at: now)
        } catch {
            logger.error(
                "print not recorded",
                metadata: identity(of: owed.print).merging([LogKey.error: "\(error.message)"]) { own, _ in own })
            return error.code == .conflict
        }
    }

    private func settle(_ owed: OwedDocumentPrint, at now: Date) async throws(OutboxError) -> Bool {
        guard now.timeIntervalSince(owed.print.agedFrom) <= settings.limits.maximumAge.inSeconds else {
            let waited = owed.print.machine.error.map { "; it waited for: \($0)" } ?? ""
            return try await recorded(
                owed, .failed(reason: "not printed within \(settings.limits.maximumAge.phrase)\(waited)", at: clock.now)
            )
        }
        await standDown()
        let session: any PrintSession
        do { session = try await settings.printer.open() } catch {
            report(error)
            return try await postpone(owed, error)
        }
        await reportStatus(of: session)
        let outcome: Bool
        do throws(OutboxError) { outcome = try await run(owed, over: session) } catch {
            await session.close()
            throw error
        }
        await session.close()
        return outcome
    }

    private func run(_ owed: OwedDocumentPrint, over session: any PrintSession) async throws(OutboxError) -> Bool {
        guard case .pdf = session.format else {
            let reason = "the queue of printer \(settings.printer.name) has no driver that takes pages"
            return try await recorded(owed, .failed(reason: reason, at: clock.now))
        }
        // A queue that is stopped says so before anything is written down.
        do throws(PrintingError) { try await session.prepare() } catch { return try await postpone(owed, error) }
        // On disk before the first byte leaves: after a crash it says "may be on paper".
        try await outbox.apply(.began, toDocumentPrint: owed.print.seq)
        let result: Result<Printing.Confirmation, PrintingError>
        do throws(PrintingError) {
            result = .success(
                try await deliver(PrintJob(bytes: owed.pdf, page: Self.a4), over: session, fallback: nil) {
                    await self.tell($0, of: owed.print)
                })
        } catch {
            result = .failure(error)
        }
        switch result {
        case .success(let confirmation):
            return try await recorded(owed, .confirmed(.init(confirmation), at: clock.now))
        case .failure(let error):
            // A print server takes back what its printer has not begun, so only now is it known whether anything is out.
            await session.close()
            guard await session.hasTakenBytes else { return try await postpone(owed, error, hasBegun: true) }
            return try await recorded(owed, .lostContact(reason: error.message, at: clock.now))
        }
    }

    private func postpone(
        _ owed: OwedDocumentPrint, _ error: PrintingError, hasBegun: Bool = false
    ) async throws(OutboxError) -> Bool {
        if hasBegun || owed.print.machine.error != error.message {
            _ = try await recorded(owed, .returned(reason: error.message))
            logger.warning(
                "printer offline, document waits",
                metadata: identity(of: owed.print).merging([LogKey.error: "\(error.message)"]) { own, _ in own })
        }
        return false
    }

    /// The outcome of a paper is written down at any cost: if it were lost, the next start would say that it may be out.
    private func recorded(
        _ owed: OwedDocumentPrint, _ event: PrintMachine.Event
    ) async throws(OutboxError) -> Bool {
        while true {
            do throws(OutboxError) {
                let print = try await outbox.apply(event, toDocumentPrint: owed.print.seq)
                if print.machine.finishedAt != nil { tell(print) }
                return true
            } catch {
                guard error.code == .full || error.code == .busy, !Task.isCancelled else { throw error }
                heartbeat?.beat(within: Self.longestPaper)
                try? await clock.sleep(until: clock.now.addingTimeInterval(Self.documentRecordInterval))
            }
        }
    }

    /// Writes down why a document stands still in the middle of its paper; nil when it goes on.
    private func tell(_ message: String?, of print: DocumentPrint) async -> Bool {
        do throws(OutboxError) {
            try await outbox.apply(message.map { .heldUp(reason: $0) } ?? .wentOn, toDocumentPrint: print.seq)
        } catch {
            logger.warning(
                "print not recorded yet",
                metadata: identity(of: print).merging([LogKey.error: "\(error.message)"]) { own, _ in own })
            return false
        }
        guard let message else { return true }
        logger.warning(
            "printer stalled in the middle of a document",
            metadata: identity(of: print).merging([LogKey.error: "\(message)"]) { own, _ in own })
        return true
    }

    private static let documentRecordInterval: TimeInterval = 5

    private func tell(_ print: DocumentPrint) {
        var metadata = identity(of: print)
        metadata[LogKey.printState] = "\(print.machine.state.rawValue)"
        if let error = print.machine.error { metadata[LogKey.error] = "\(error)" }
        logger.log(
            level: print.machine.state == .printed ? .info : .warning, "document \(print.machine.state.rawValue)",
            metadata: metadata)
    }

    private func identity(of print: DocumentPrint) -> Logger.Metadata {
        [LogKey.sale: "\(print.sale)", LogKey.document: "\(print.document)"]
    }
}
