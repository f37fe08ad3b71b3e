import FaultPoints
import Foundation
import Journey
import Logging
import Outbox
import Printing
import Runtime

// What happens to a paper whose printer cannot print for long: its fallback takes over, once.
extension PrintWorker {
    /// Moves a print of which no byte left to the fallback. False if it has to wait here.
    func handOver(_ owed: OwedPrint, unableSince since: Date) async throws(OutboxError) -> Bool {
        guard let fallback = settings.fallback, owed.print.movedFrom == nil,
            clock.now.timeIntervalSince(since) >= fallback.after.inSeconds
        else { return false }
        do throws(OutboxError) {
            try await outbox.move(owed.print.seq, from: settings.printer.name, to: fallback.printer)
        } catch {
            // It was cancelled or sent to another printer at that very moment: it is not ours any more.
            if error.code == .conflict { return true }
            throw error
        }
        FaultPoint.printMoved.pass()
        logger.warning(
            "fallback printer takes over",
            metadata: [
                LogKey.sale: "\(owed.id)", LogKey.printID: "\(owed.print.id)",
                LogKey.fallback: "\(fallback.printer)",
            ])
        return true
    }

    /// Sends a paper and waits until it is out, unless the printer says for too long that it cannot print: then this
    /// throws `stalled`, and the fallback takes over.
    func deliver(_ job: PrintJob, over session: any PrintSession, of owed: OwedPrint) async throws(PrintingError)
        -> Printing.Confirmation
    {
        try await deliver(job, over: session, fallback: owed.print.movedFrom == nil ? settings.fallback : nil) {
            await self.tell($0, of: owed)
        }
    }

    /// - Parameter tell: writes down why the paper stands still, or nil when it goes on. False if that failed.
    func deliver(
        _ job: PrintJob, over session: any PrintSession, fallback: PrinterFallback?,
        telling tell: @escaping @Sendable (String?) async -> Bool
    ) async throws(PrintingError) -> Printing.Confirmation {
        let result = await withTaskGroup(of: Result<Printing.Confirmation, PrintingError>?.self) { group in
            group.addTask {
                do throws(PrintingError) {
                    try await job.send(over: session)
                    FaultPoint.allSent.pass()
                    return .success(try await session.complete())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await self.follow(session, fallback: fallback, telling: tell)
                    ? nil : .failure(PrintingError(.cancelled, "stopped"))
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let result else {
            // The prints behind it need not find out again.
            let patience = fallback?.after ?? .zero
            unableSince = unableSince ?? clock.now.addingTimeInterval(-patience.inSeconds)
            let state = board.entry(settings.printer.name)?.detail ?? "cannot print"
            throw PrintingError(.stalled, "\(state) for \(patience.phrase); the fallback printer takes over")
        }
        return try result.get()
    }

    /// Follows the printer's reports while it has a paper, and writes down why it stands still. True once the fallback
    /// should take over; false if cancelled first.
    private func follow(
        _ session: any PrintSession, fallback: PrinterFallback?, telling tell: @Sendable (String?) async -> Bool
    ) async -> Bool {
        var waitLimit = StallTimer(from: clock.now)
        var told: String?
        while !Task.isCancelled {
            guard let entry = board.entry(settings.printer.name) else { return false }
            let reason = entry.state == .unable ? entry.detail : nil
            // As long as the printer says why it stands still, waiting is right.
            if entry.state == .unable { heartbeat?.beat(within: Self.longestPaper) }
            if reason != told, await session.hasTakenBytes, await tell(reason.map(stillness)) { told = reason }
            let waited = waitLimit.update(isUnable: entry.state == .unable, since: entry.countedSince, now: clock.now)
            if let fallback, waited >= fallback.after.inSeconds { return true }
            await news.wait(
                until: clock.now.addingTimeInterval(settings.limits.retryInterval.inSeconds / 2), clock: clock)
        }
        return false
    }

    private func stillness(_ reason: String) -> String {
        "Printer \(settings.printer.name) is \(reason), in the middle of the paper. It goes on once that is corrected."
    }

    /// Writes down why a print stands still in the middle of its paper; nil when it goes on.
    private func tell(_ message: String?, of owed: OwedPrint) async -> Bool {
        do {
            try await outbox.apply(message.map { .heldUp(reason: $0) } ?? .wentOn, toPrint: owed.print.seq)
        } catch {
            logger.warning(
                "print not recorded yet", metadata: [LogKey.sale: "\(owed.id)", LogKey.error: "\(error.message)"])
            return false
        }
        guard let message else { return true }
        logger.warning(
            "printer stalled in the middle of a paper",
            metadata: [LogKey.sale: "\(owed.id)", LogKey.printID: "\(owed.print.id)", LogKey.error: "\(message)"])
        return true
    }
}
