public import Foundation
public import Logging
public import Printing
import Receipts

// What staff ask of the printer beside its prints, done between two of them.
extension Press {
    public nonisolated var name: String { settings.printer.name }

    /// Asks for an errand and waits until it is done. Throws why it could not be.
    public nonisolated func ask(_ errand: PressErrand) async throws(PrintingError) {
        try await errands.ask(errand, ringing: bell)
    }

    func doErrands() async {
        while let (key, errand) = errands.take() {
            do throws(PrintingError) {
                try await perform(errand)
                errands.finish(key, .success(()))
            } catch {
                note(error)
                errands.finish(key, .failure(error))
            }
        }
    }

    private func perform(_ errand: PressErrand) async throws(PrintingError) {
        let session = try await settings.printer.open()
        do throws(PrintingError) {
            note(await session.status)
            switch errand {
            case .look: break
            case .openDrawer: try await session.send(settings.printer.encoder.openDrawer())
            case .testPage: try await printTestPage(over: session)
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private func printTestPage(over session: any PrintSession) async throws(PrintingError) {
        let encoder = settings.printer.encoder
        let bytes: [UInt8]
        do {
            bytes = encoder.initialise() + encoder.image(try await papers.testPage(of: settings.printer))
        } catch {
            throw PrintingError(.system, "the test page cannot be made: \(error.message)")
        }
        try await session.send(bytes + encoder.cut(settings.cut))
        _ = try await session.complete()
    }

    /// What the printer says of itself goes on the board; news goes to the log.
    func note(_ status: PrinterStatus?) {
        guard let status else {
            board.note(settings.printer.name, .unknown, "it says nothing of itself", at: clock.now)
            return
        }
        board.note(settings.printer.name, status, at: clock.now, logger: logger)
    }

    func note(_ error: PrintingError) {
        let state: PrinterBoard.State = error.code == .notReady ? .unable : .unreachable
        board.note(settings.printer.name, state, error.message, at: clock.now)
    }
}

extension PrinterBoard {
    /// Notes what a printer said, and logs it once where it is news.
    public func note(_ name: String, _ status: PrinterStatus, at now: Date = Date(), logger: Logger) {
        let state: State = status.canPrint ? (status.paperNearEnd ? .attention : .ready) : .unable
        let detail = state == .ready ? nil : status.summary
        guard note(name, state, detail, at: now) else { return }
        logger.log(
            level: state == .ready ? .info : .warning, "printer \(state.rawValue)",
            metadata: [LogKey.printer: "\(name)", LogKey.printerStatus: "\(status.summary)"])
    }
}
