public import Foundation
public import Logging
public import Printing
import Receipts
public import Runtime

// What staff ask of the printer besides its prints, done between two of them.
extension PrintWorker {
    public nonisolated var name: String { settings.printer.name }

    /// Sends a request and waits until it is done. Throws why it could not be.
    public nonisolated func ask(_ request: PrinterRequest) async throws(PrintingError) {
        try await requests.ask(request, waking: wakeSignal)
    }

    func performRequests() async {
        while let pending = requests.take() {
            do throws(PrintingError) {
                try await perform(pending.request)
                pending.answer.resume(returning: .success(()))
            } catch {
                report(error)
                pending.answer.resume(returning: .failure(error))
            }
        }
    }

    private func perform(_ request: PrinterRequest) async throws(PrintingError) {
        // A printer serves one conversation at a time.
        await standDown()
        let session = try await settings.printer.open()
        do throws(PrintingError) {
            await reportStatus(of: session)
            switch request {
            case .look: break
            case .openDrawer: try await openDrawer(over: session)
            case .testPage: try await printTestPage(over: session)
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private func printTestPage(over session: any PrintSession) async throws(PrintingError) {
        let page: PrintJob
        do {
            page = try await makeTestPage(as: session.format)
        } catch let error as PrintingError {
            throw error
        } catch {
            throw PrintingError(.system, "the test page cannot be made: \(error)")
        }
        try await page.send(over: session)
        _ = try await session.complete()
    }

    private func openDrawer(over session: any PrintSession) async throws(PrintingError) {
        guard case .escpos = session.format else { throw drawerOutOfReach }
        try await session.send(settings.printer.encoder.openDrawer())
        try await session.deliver()
    }

    /// The sale is printed all the same. Once a run: it is true for every sale until the configuration changes.
    func reportDrawerOutOfReach() {
        guard !hasMissedDrawer else { return }
        hasMissedDrawer = true
        logger.warning("drawer not opened", metadata: [LogKey.error: "\(drawerOutOfReach.message)"])
    }

    private var drawerOutOfReach: PrintingError {
        PrintingError(
            .unsupported,
            """
            the print server's driver takes pages only, so the drawer of printer \(settings.printer.name) cannot be \
            opened from here; let the driver open it with each paper, or make a raw queue
            """)
    }

    /// The printer's report goes to the board, and to the log if it is new. So does a line that proves nothing, once a
    /// run.
    func reportStatus(of session: any PrintSession) async {
        guard let remark = await session.remark else { return report(await session.status) }
        board.record(settings.printer.name, .unknown, remark, at: clock.now)
        guard !hasToldOfNoise else { return }
        hasToldOfNoise = true
        logger.warning("printer answers not trusted", metadata: [LogKey.printerStatus: "\(remark)"])
    }

    private func report(_ status: PrinterStatus?) {
        guard let status else {
            board.record(settings.printer.name, .unknown, "it does not answer", at: clock.now)
            return
        }
        board.record(settings.printer.name, status, at: clock.now, logger: logger)
    }

    func report(_ error: PrintingError) {
        // Says nothing about the printer's state.
        if error.code == .unsupported { return }
        let state: PrinterBoard.State = error.code == .notReady ? .unable : .unreachable
        board.record(settings.printer.name, state, error.message, at: clock.now)
    }
}

extension PrinterBoard {
    /// Notes a printer's report, and logs it once if it is new.
    public func record(_ name: String, _ status: PrinterStatus, at now: Date = GatewayClock.system.now, logger: Logger)
    {
        guard let entry = record(name, status, at: now) else { return }
        logger.log(
            level: entry.state == .ready ? .info : .warning, "printer \(entry.state.rawValue)",
            metadata: [LogKey.printer: "\(name)", LogKey.printerStatus: "\(entry.detail ?? "ready")"])
    }
}
