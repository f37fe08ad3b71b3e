import Glibc

/// How many files and sockets this process may have open at once.
public enum OpenFiles {
    /// The soft limit (`ulimit -n`, systemd's `LimitNOFILE=`).
    public static var limit: Int {
        var limit = rlimit()
        // Where it cannot be read, what POSIX promises at least would be 20; Linux gives 1,024 unless somebody changed it.
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
        return Int(clamping: limit.rlim_cur)
    }
}
