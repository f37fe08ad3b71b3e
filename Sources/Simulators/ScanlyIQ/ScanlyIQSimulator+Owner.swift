/// What its owner sees and does beside the API.
extension ScanlyIQSimulator {
    /// Adds a fault behind the active ones.
    public func inject(_ fault: Fault) { faults.add(fault) }

    public func clearFaults() { faults.clear() }

    /// The active faults, with the times they have left.
    public var activeFaults: [Fault] { faults.faults }

    public var currentLeeway: Leeway { leeway }

    /// From now on. Throws `SimulatorError` if it is unusable.
    public func setLeeway(_ leeway: Leeway) throws(SimulatorError) {
        try leeway.check()
        self.leeway = leeway
    }

    /// What is read in an image from now on.
    ///
    /// - Parameter digest: as ``digest(of:)`` has it; nil for every image that has no script of its own
    public func script(_ script: SlipScript, for digest: String? = nil) {
        if let digest { scripts[digest.lowercased()] = script } else { usualScript = script }
    }

    public func clearScripts() { (scripts, usualScript) = ([:], .usual) }

    /// Turns on the clock by which calls are counted and uploads grow old.
    public func advanceClock(by duration: Duration) { clock.advance(by: duration) }

    // MARK: Credits

    public var credits: Int { balance }

    public func setCredits(_ credits: Int) { balance = max(0, credits) }

    /// Somebody pays.
    public func topUp(_ credits: Int) { balance += max(0, credits) }

    // MARK: What was made

    /// Oldest first.
    public func madeJobs() -> [Job] { jobs }

    /// How many jobs each image has, by its digest: more than one were charged more than once.
    public func jobsByDigest() -> [String: Int] {
        jobs.reduce(into: [:]) { counts, job in
            for digest in job.digests { counts[digest, default: 0] += 1 }
        }
    }

    /// In no order.
    public func keptUploads() -> [Upload] { Array(uploads.values) }

    /// From now on nobody knows them.
    public func forgetUploads() { uploads = [:] }

    /// From now on nobody knows those that were made until now. They were charged all the same.
    public func forgetJobs() { jobPlaces = [:] }

    /// The last 10,000 calls, oldest first.
    public func calls() -> [Call] { log }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }
}
