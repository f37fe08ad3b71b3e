import Foundation
public import Monitoring
public import Outbox
public import PrintQueue
import Printing

/// Every question about a printer comes in here.
public struct PrinterOperations: Sendable {
    public struct View: Sendable, Equatable {
        public let condition: PrinterCondition
        /// Prints that wait for it.
        public let queued: Int
    }

    /// How long a printer may take to answer before its last report is returned.
    private static let lookLimit: Duration = .seconds(2)

    private let outbox: Outbox
    private let board: PrinterBoard
    private let printWorkers: [PrintWorker]

    public init(outbox: Outbox, board: PrinterBoard, printWorkers: [PrintWorker]) {
        self.outbox = outbox
        self.board = board
        self.printWorkers = printWorkers
    }

    var names: [String] { printWorkers.map(\.name) }

    /// Every printer, asked now; one that is busy or does not answer is shown as last known.
    public func list() async throws(OperationError) -> [View] {
        await lookAtAll()
        do {
            let queued = try await outbox.queuedPrints()
            return views { queued[$0] ?? 0 }
        } catch {
            throw OperationError(error)
        }
    }

    /// Asks every printer, each for ``lookLimit`` at most.
    func lookAtAll() async {
        await withTaskGroup(of: Void.self) { group in
            for printWorker in printWorkers { group.addTask { await Self.look(printWorker) } }
        }
    }

    /// Every printer as last known.
    func views(queued: (String) -> Int) -> [View] {
        board.all.map { View(condition: PrinterCondition($0), queued: queued($0.name)) }
    }

    /// Does a request and returns the printer's state afterwards.
    public func perform(_ request: PrinterRequest, on name: String) async throws(OperationError) -> View {
        guard let printWorker = printWorkers.first(where: { $0.name == name }) else {
            throw .notFound(unknown(name))
        }
        do { try await printWorker.ask(request) } catch {
            switch error.code {
            case .unsupported: throw .wrongState("\(name): \(error.message)")
            case .cancelled: throw .unavailable("\(name): \(error.message)", retryAfter: .seconds(5))
            // The printer has taken nothing, or nothing of the paper.
            case .invalidDevice, .cannotConnect, .notReady:
                throw .printerUnavailable("\(name): \(error.message)", retryAfter: .seconds(5))
            case .connectionLost, .stalled, .timedOut, .jobEnded, .system:
                throw .printerUnavailable("\(name): \(error.message)", retryAfter: .seconds(5), isHalfDone: true)
            }
        }
        let queued = (try? await outbox.queuedPrints()[name]) ?? 0
        guard let entry = board.entry(name) else { throw .notFound(unknown(name)) }
        return View(condition: PrinterCondition(entry), queued: queued)
    }

    func unknown(_ name: String) -> String {
        "no printer is called \"\(name.prefix(64))\"; there are: \(names.joined(separator: ", "))"
    }

    /// A print worker in the middle of a paper answers when it is done; nobody waits that long.
    private static func look(_ printWorker: PrintWorker) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await printWorker.ask(.look) }
            group.addTask { try? await Task.sleep(for: lookLimit) }
            await group.next()
            group.cancelAll()
        }
    }
}
