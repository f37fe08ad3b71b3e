import FaultPoints
import Foundation
import Journey
import Logging
import Outbox
import Printing
import Receipts
import Runtime
import Sales

extension PrintWorker {
    enum Outcome: Sendable, Equatable {
        case printed
        /// The print ended in another way; that says nothing about whether the printer can print.
        case ended
        /// The outbox could not record the outcome; the print waits.
        case notRecorded
        /// The printer took nothing; the print waits.
        case cannotPrint
        /// The same, because contact was lost.
        case lostTouch
    }

    private static let recordInterval: TimeInterval = 5

    /// Brings one print to paper. Every failure is written down with the print.
    func print(_ owed: OwedPrint, at now: Date) async -> Outcome {
        let outcome: Outcome
        do {
            outcome = try await settle(owed, at: now)
        } catch {
            logger.error(
                "print not recorded", metadata: [LogKey.sale: "\(owed.id)", LogKey.error: "\(error.message)"])
            // It was cancelled or sent to another printer at that very moment, or the disk is not well: no fault of the
            // printer.
            outcome = error.code == .conflict ? .ended : .notRecorded
        }
        return outcome
    }

    private func settle(_ owed: OwedPrint, at now: Date) async throws(OutboxError) -> Outcome {
        FaultPoint.printDue.pass()
        guard now.timeIntervalSince(owed.print.agedFrom) <= settings.limits.maximumAge.inSeconds else {
            let waited = owed.print.machine.error.map { "; it waited for: \($0)" } ?? ""
            return try await fail(owed, "not printed within \(settings.limits.maximumAge.phrase)\(waited)")
        }
        if let reason = try await whyUseless(owed, at: now) { return try await withdraw(owed, reason) }
        let order: PaperOrder
        do {
            order = try self.order(owed)
        } catch {
            return try await fail(owed, "the paper cannot be made: \(error)")
        }
        if order.content.blocks.isEmpty, let lacking = order.content.lacking {
            // Nobody waits for an automatic slip; one that staff asked for ends with the reason.
            guard owed.print.expiresAt == nil else { return try await withdraw(owed, lacking) }
            return try await fail(owed, lacking)
        }
        if let held = takeSession() {
            let outcome = try await runAndClose(order, of: owed, over: held)
            // A printer may close a connection that was quiet for a while: that says nothing about its state.
            guard outcome == .lostTouch else { return outcome }
        }
        let session: any PrintSession
        do {
            session = try await settings.printer.open()
        } catch {
            report(error)
            return try await postpone(owed, error)
        }
        await reportStatus(of: session)
        return try await runAndClose(order, of: owed, over: session)
    }

    private func runAndClose(
        _ order: PaperOrder, of owed: OwedPrint, over session: any PrintSession
    ) async throws(OutboxError) -> Outcome {
        do throws(OutboxError) {
            let outcome = try await run(order, of: owed, over: session)
            await session.close()
            return outcome
        } catch {
            await session.close()
            throw error
        }
    }

    private func run(
        _ order: PaperOrder, of owed: OwedPrint, over session: any PrintSession
    ) async throws(OutboxError) -> Outcome {
        FaultPoint.printerOpened.pass()
        let job: PrintJob
        do {
            job = try await make(order, as: session.format)
        } catch let error as PrintingError {
            report(error)
            return try await postpone(owed, error)
        } catch {
            return try await fail(owed, "the paper cannot be made: \(error)")
        }
        do throws(PrintingError) { try await session.prepare() } catch { return try await postpone(owed, error) }
        // On disk before the first byte leaves: after a crash it says "may be on paper".
        let carriesQR = order.content.carriesQR
        try await outbox.apply(.began, toPrint: owed.print.seq, withQR: carriesQR, at: settings.printer.name)
        FaultPoint.printBegan.pass()
        if let lacking = job.lacking {
            logger.warning(
                "paper lacks a part", metadata: [LogKey.sale: "\(owed.id)", LogKey.reason: "\(lacking)"])
        }
        do {
            let confirmation = try await deliver(job, over: session, of: owed)
            if await session.remark != nil { await reportStatus(of: session) }
            try await finish(owed, .confirmed(.init(confirmation), at: clock.now, lacking: job.lacking))
            return .printed
        } catch let error as PrintingError {
            // A print server takes back what its printer has not begun, so only now is it known whether anything is
            // out.
            await session.close()
            guard await session.hasTakenBytes else { return try await postpone(owed, error, hasBegun: true) }
            // Contact was lost, or the fallback takes over from a printer that may have begun.
            let takesOver = error.code == .stalled ? settings.fallback?.printer : nil
            try await finish(owed, .lostContact(reason: error.message, at: clock.now), reprintOn: takesOver)
        } catch let error as OutboxError {
            throw error
        } catch {
            try await finish(owed, .lostContact(reason: "the print broke off", at: clock.now))
        }
        return .ended
    }

    /// The outcome of a paper is written down at any cost: if it were lost, the next start would print the paper again.
    private func record(
        _ event: PrintMachine.Event, of owed: OwedPrint, reprintOn printer: String?
    ) async throws(OutboxError) -> PrintRecord {
        while true {
            do {
                return try await outbox.apply(
                    event, toPrint: owed.print.seq, reprintOn: printer, at: settings.printer.name)
            } catch  where (error.code == .full || error.code == .busy) && !Task.isCancelled {
                logger.error(
                    "print not recorded yet", metadata: [LogKey.sale: "\(owed.id)", LogKey.error: "\(error.message)"])
                heartbeat?.beat(within: Self.longestPaper)
                try? await clock.sleep(until: clock.now.addingTimeInterval(Self.recordInterval))
            }
        }
    }

    /// An automatic slip is for a customer who is still there and has no link on paper yet.
    private func whyUseless(_ owed: OwedPrint, at now: Date) async throws(OutboxError) -> String? {
        guard let expiry = owed.print.expiresAt else { return nil }
        if now > expiry { return "the customer has gone" }
        let others = try await outbox.sale(owed.id).prints.filter { $0.seq != owed.print.seq }
        return others.contains(where: \.showsLink) ? "another paper carries the QR" : nil
    }

    private func withdraw(_ owed: OwedPrint, _ reason: String) async throws(OutboxError) -> Outcome {
        try await outbox.apply(
            .cancelled(at: clock.now, reason: reason), toPrint: owed.print.seq, at: settings.printer.name)
        logger.info(
            "late slip not printed",
            metadata: [
                LogKey.sale: "\(owed.id)", LogKey.printID: "\(owed.print.id)", LogKey.reason: "\(reason)",
            ])
        return .ended
    }

    private func fail(_ owed: OwedPrint, _ reason: String) async throws(OutboxError) -> Outcome {
        try await finish(owed, .failed(reason: reason, at: clock.now))
        return .ended
    }

    /// The printer took nothing: the print goes back to its queue with the reason why it waits.
    ///
    /// - Parameter hasBegun: whether it is recorded as printing: that must be taken back at any cost.
    private func postpone(
        _ owed: OwedPrint, _ error: PrintingError, hasBegun: Bool = false
    ) async throws(OutboxError) -> Outcome {
        if hasBegun || owed.print.machine.error != error.message {
            let event = PrintMachine.Event.returned(reason: error.message)
            if hasBegun {
                _ = try await record(event, of: owed, reprintOn: nil)
            } else {
                try await outbox.apply(event, toPrint: owed.print.seq, at: settings.printer.name)
            }
            logger.warning(
                "printer offline, paper waits",
                metadata: [LogKey.sale: "\(owed.id)", LogKey.error: "\(error.message)"])
        }
        return error.code == .connectionLost ? .lostTouch : .cannotPrint
    }

    private func finish(
        _ owed: OwedPrint, _ event: PrintMachine.Event, reprintOn printer: String? = nil
    ) async throws(OutboxError) {
        FaultPoint.printEnded.pass()
        let print = try await record(event, of: owed, reprintOn: printer)
        FaultPoint.printWritten.pass()
        var metadata: Logger.Metadata = [
            LogKey.sale: "\(owed.id)", LogKey.printID: "\(print.id)",
            LogKey.printKind: "\(print.machine.kind.rawValue)",
            LogKey.printMark: "\(print.machine.mark.rawValue)", LogKey.printState: "\(print.machine.state.rawValue)",
            LogKey.withQR: "\(print.withQR)",
            LogKey.duration: "\(Int((clock.now.timeIntervalSince(print.agedFrom) * 1_000).rounded()))",
        ]
        if let confirmation = print.machine.confirmedBy { metadata[LogKey.confirmedBy] = "\(confirmation.rawValue)" }
        if let error = print.machine.error { metadata[LogKey.error] = "\(error)" }
        // The sale's own log line covers originals.
        logger.log(
            level: print.machine.state != .printed ? .warning : print.machine.isUnmarkedOriginal ? .debug : .info,
            "print \(print.machine.state.rawValue)", metadata: metadata)
    }
}

extension PrintMachine.Confirmation {
    init(_ confirmation: Printing.Confirmation) {
        switch confirmation {
        case .processID: self = .processID
        case .status: self = .status
        case .cups: self = .cups
        case .written: self = .written
        }
    }
}
