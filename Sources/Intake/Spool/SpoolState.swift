import Gateway
import Host
import Monitoring
import Runtime
import Synchronization

/// Holds the spool's figures for their readers.
final class SpoolState: Sendable {
    typealias Summary = (waiting: Int, hindrances: [SpoolFileTracker.Hindrance])
    typealias FolderFault = (reason: String, since: SuspendingClock.Instant)

    private struct Shown: Sendable {
        var waiting = 0
        var hindrances: [SpoolFileTracker.Hindrance] = []
        var ignored = 0
        var rounds = 0
    }

    private let folder: String
    private let shown = Mutex(Shown())
    private let followers = Waiters<Int, Void>()

    init(folder: String) {
        self.folder = folder
    }

    func show(_ summary: Summary, folder fault: FolderFault?, ignored: Int) {
        var hindrances = summary.hindrances
        if let fault { hindrances.append(SpoolFileTracker.Hindrance(reason: fault.reason, since: fault.since)) }
        let rounds = shown.withLock { [hindrances] in
            $0 = Shown(
                waiting: summary.waiting, hindrances: hindrances, ignored: ignored, rounds: $0.rounds + 1)
            return $0.rounds
        }
        followers.resume { $0 < rounds }
    }

    /// How often the intake has looked at the folder and taken what was due.
    var rounds: Int { shown.withLock(\.rounds) }

    /// Waits until the intake has done so once more than `rounds` times.
    func waitForRound(after rounds: Int, within limit: Duration) async {
        _ = await followers.wait(for: rounds, within: limit) { self.rounds > rounds ? () : nil }
    }

    var figures: SpoolFigures {
        let (shown, now) = (shown.withLock { $0 }, SuspendingClock.now)
        return SpoolFigures(
            folder: folder, waiting: shown.waiting, ignored: shown.ignored,
            hindrances: shown.hindrances.map { hindrance in
                SpoolFigures.Hindrance(
                    reason: hindrance.reason, cause: hindrance.isShared ? SpoolFileTracker.mustWait : nil,
                    count: hindrance.names.count,
                    example: hindrance.names.min().map { "\($0)" }, lasting: hindrance.since.duration(to: now))
            })
    }
}
