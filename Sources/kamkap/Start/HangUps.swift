import Foundation
import Glibc
import UnixSignals

/// SIGHUPs, trapped from the program's first moment on: the signal's default is to end it, and systemd takes that for a
/// clean end, which it does not restart.
struct HangUps {
    let signals: UnixSignalsSequence
    /// Whoever started the program wants it to outlive its terminal, as nohup(1) does: it came with the signal ignored.
    let isToOutliveTerminal: Bool

    /// To be called first thing, for trapping changes what was inherited.
    static func trap() async -> HangUps {
        var inherited = sigaction()
        sigaction(SIGHUP, nil, &inherited)
        // SIG_IGN is the address 1 (asm-generic/signal-defs.h).
        let isIgnored = unsafeBitCast(inherited.__sigaction_handler.sa_handler, to: Int.self) == 1
        return HangUps(signals: await UnixSignalsSequence(trapping: .sighup), isToOutliveTerminal: isIgnored)
    }
}
