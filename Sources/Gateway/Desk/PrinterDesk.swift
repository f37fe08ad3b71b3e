import Foundation
public import Outbox
import Printing

/// Every question about a printer comes in here.
public struct PrinterDesk: Sendable {
    public struct View: Sendable, Equatable {
        public let entry: PrinterBoard.Entry
        /// Prints that wait for it.
        public let queued: Int
    }

    /// How long a printer may take to say how it is before its last word is given.
    private static let lookLimit: Duration = .seconds(2)

    private let outbox: Outbox
    private let board: PrinterBoard
    private let presses: [Press]

    public init(outbox: Outbox, board: PrinterBoard, presses: [Press]) {
        self.outbox = outbox
        self.board = board
        self.presses = presses
    }

    var names: [String] { presses.map(\.name) }

    /// Every printer, asked now; one that is busy or does not answer is shown as it was last known.
    public func list() async throws(DeskRefusal) -> [View] {
        await lookAtAll()
        do {
            let queued = try await outbox.queuedPrints()
            return views { queued[$0] ?? 0 }
        } catch {
            throw DeskRefusal(error)
        }
    }

    /// Asks every printer, each for ``lookLimit`` at most.
    func lookAtAll() async {
        await withTaskGroup(of: Void.self) { group in
            for press in presses { group.addTask { await Self.look(press) } }
        }
    }

    /// Every printer as it was last known.
    func views(queued: (String) -> Int) -> [View] {
        board.all.map { View(entry: $0, queued: queued($0.name)) }
    }

    /// Does an errand and gives the printer as it is then.
    public func perform(_ errand: PressErrand, on name: String) async throws(DeskRefusal) -> View {
        guard let press = presses.first(where: { $0.name == name }) else {
            throw .notFound(unknown(name))
        }
        do { try await press.ask(errand) } catch {
            switch error.code {
            case .unsupported: throw .wrongState("\(name): \(error.message)")
            case .cancelled: throw .unavailable("\(name): \(error.message)", retryAfter: .seconds(5))
            default: throw .printerUnavailable("\(name): \(error.message)", retryAfter: .seconds(5))
            }
        }
        let queued = (try? await outbox.queuedPrints()[name]) ?? 0
        guard let entry = board.entry(name) else { throw .notFound(unknown(name)) }
        return View(entry: entry, queued: queued)
    }

    func unknown(_ name: String) -> String {
        "no printer is called \"\(name.prefix(64))\"; there are: \(names.joined(separator: ", "))"
    }

    /// A press in the middle of a paper answers when it is done; nobody waits that long.
    private static func look(_ press: Press) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await press.ask(.look) }
            group.addTask { try? await Task.sleep(for: lookLimit) }
            await group.next()
            group.cancelAll()
        }
    }
}
