import Foundation
import Glibc
import UnixSignals

/// SIGHUPs, trapped from the program's first moment on: by default the signal ends it, and systemd treats that as a
/// clean end, after which it does not restart.
struct HangUpSignal {
    let signals: UnixSignalsSequence
    /// The caller wants the program to outlive its terminal, as nohup(1) does: the signal was ignored at its start.
    let isToOutliveTerminal: Bool

    /// Call it first, because trapping changes what was inherited.
    static func trap() async -> HangUpSignal {
        var inherited = sigaction()
        sigaction(SIGHUP, nil, &inherited)
        // SIG_IGN is the address 1 (asm-generic/signal-defs.h).
        let isIgnored = unsafeBitCast(inherited.__sigaction_handler.sa_handler, to: Int.self) == 1
        return HangUpSignal(signals: await UnixSignalsSequence(trapping: .sighup), isToOutliveTerminal: isIgnored)
    }
}
