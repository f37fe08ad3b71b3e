import Gateway
import Host
import Monitoring
import Synchronization

/// Holds the spool's figures for their readers.
final class SpoolState: Sendable {
    typealias Summary = (waiting: Int, hindrances: [SpoolFileTracker.Hindrance])
    typealias FolderFault = (reason: String, since: SuspendingClock.Instant)

    private struct Shown: Sendable {
        var waiting = 0
        var hindrances: [SpoolFileTracker.Hindrance] = []
        var ignored = 0
    }

    private let folder: String
    private let shown = Mutex(Shown())

    init(folder: String) {
        self.folder = folder
    }

    func show(_ summary: Summary, folder fault: FolderFault?, ignored: Int) {
        var hindrances = summary.hindrances
        if let fault { hindrances.append(SpoolFileTracker.Hindrance(reason: fault.reason, since: fault.since)) }
        shown.withLock { [hindrances] in
            $0 = Shown(waiting: summary.waiting, hindrances: hindrances, ignored: ignored)
        }
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
