import Glibc

/// Signals that mean nothing to a service, and by default end or stop it.
public enum StraySignals {
    /// Those of signal(7) whose default is to end the process, but for faults of its own, what asks it to end, and SIGQUIT,
    /// by which somebody wants a core dump; and those of a terminal that a process in the background touches. A file at its
    /// size limit (SIGXFSZ) is an error of the write instead.
    private static let named = [
        SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, SIGXFSZ, SIGTTIN, SIGTTOU,
    ]

    /// To be called before anything that takes one of them for itself.
    public static func ignore() {
        for number in named { signal(number, SIG_IGN) }
        let (first, last) = (__libc_current_sigrtmin(), __libc_current_sigrtmax())
        for number in first...max(first, last) { signal(number, SIG_IGN) }
    }
}
