import Glibc

/// Signals that mean nothing to a service, and by default end or stop it.
public enum StraySignals {
    /// Those of signal(7) whose default is to end the process, except faults of its own, requests to end, and SIGQUIT,
    /// which asks for a core dump; and those that a terminal sends to a background process. A file at its size limit
    /// (SIGXFSZ) then fails the write instead.
    private static let named = [
        SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, SIGXFSZ, SIGTTIN, SIGTTOU,
    ]

    /// Call it before anything that handles one of them itself.
    public static func ignore() {
        for number in named { signal(number, SIG_IGN) }
        let (first, last) = (__libc_current_sigrtmin(), __libc_current_sigrtmax())
        for number in first...max(first, last) { signal(number, SIG_IGN) }
    }
}
