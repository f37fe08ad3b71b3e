import Foundation
import Journey
import Logging
import Outbox
import Printing

// What happens to a paper whose printer cannot print for long: its fallback takes over, once.
extension Press {
    /// How often a print in hand is looked after.
    private static let watchInterval: TimeInterval = 1

    /// Moves a print of which no byte left to the fallback. False while it is to wait here.
    func handOver(_ owed: OwedPrint, unableSince since: Date) async throws(OutboxError) -> Bool {
        guard let fallback = settings.fallback, owed.print.movedFrom == nil,
            clock.now.timeIntervalSince(since) >= settings.fallbackAfter.inSeconds
        else { return false }
        try await outbox.move(owed.print.seq, to: fallback)
        logger.warning(
            "the fallback printer takes over",
            metadata: [LogKey.sale: "\(owed.id)", LogKey.printID: "\(owed.print.id)", LogKey.fallback: "\(fallback)"])
        return true
    }

    /// Sends a paper and waits until it is out, unless the printer says for too long that it cannot print: then the
    /// fallback is to take over, and this throws `stalled`.
    func deliver(_ job: PrintJob, over session: any PrintSession, of owed: OwedPrint) async throws(PrintingError)
        -> Printing.Confirmation
    {
        let result = await withTaskGroup(of: Result<Printing.Confirmation, PrintingError>?.self) { group in
            group.addTask {
                do throws(PrintingError) {
                    try await job.send(over: session)
                    return .success(try await session.complete())
                } catch {
                    return .failure(error)
                }
            }
            if settings.fallback != nil, owed.print.movedFrom == nil {
                group.addTask { await self.patienceIsOver() ? nil : .failure(PrintingError(.cancelled, "stopped")) }
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let result else {
            let state = board.entry(settings.printer.name)?.detail ?? "cannot print"
            throw PrintingError(
                .stalled, "\(state) for \(settings.fallbackAfter.words); the fallback printer takes over")
        }
        return try result.get()
    }

    /// Waits until the printer has said for long enough that it cannot print; false when cancelled first.
    private func patienceIsOver() async -> Bool {
        while !Task.isCancelled {
            let now = clock.now
            if let entry = board.entry(settings.printer.name), entry.state == .unable,
                now.timeIntervalSince(entry.since) >= settings.fallbackAfter.inSeconds
            {
                return true
            }
            try? await clock.sleep(until: now.addingTimeInterval(Self.watchInterval))
        }
        return false
    }
}
