#if FaultPoints
    import Glibc
    import Synchronization

    extension FaultPoint {
        /// Whether this build has them.
        public static var areBuiltIn: Bool { true }

        /// Ends the process here if this is the pass that `KAMKAP_KILL_AT` names.
        public func pass() {
            guard let target = Self.target, target.point == self else { return }
            guard Self.passings.add(1, ordering: .relaxed).newValue == target.passing else { return }
            kill(getpid(), SIGKILL)
            // The signal reaches all threads; none may go on until then.
            while true { pause() }
        }

        private static let passings = Atomic(0)

        /// `print.began:2`; without a number the first pass.
        private static let target: (point: FaultPoint, passing: Int)? = {
            guard let text = getenv("KAMKAP_KILL_AT").map({ String(cString: $0) }), !text.isEmpty else { return nil }
            let parts = text.split(separator: ":", maxSplits: 1)
            guard let point = FaultPoint(rawValue: String(parts[0])),
                let passing = parts.count > 1 ? Int(parts[1]) : 1
            else {
                let complaint = "KAMKAP_KILL_AT: there is no such point: \(text)\n"
                _ = write(STDERR_FILENO, complaint, complaint.utf8.count)
                exit(64)
            }
            return (point, passing)
        }()
    }
#else
    extension FaultPoint {
        /// Whether this build has them.
        public static var areBuiltIn: Bool { false }

        /// Does nothing in a build without the trait `FaultPoints`.
        @inlinable @inline(__always)
        public func pass() {}
    }
#endif
