extension LinkSession {
    /// A banner for a new connection is complete by then.
    private static let quiet: Duration = .milliseconds(150)

    /// Asks the printer for its status, as far as it is known to answer.
    func handshake() async throws(PrintingError) {
        guard answers else { return }
        try await throwAway(untilQuietFor: .zero)
        try await askHowItIs()
        guard isNoisy else { return }
        // Most likely a banner that was on its way when we asked.
        try await throwAway(untilQuietFor: Self.quiet)
        try await askHowItIs()
    }

    private func askHowItIs() async throws(PrintingError) {
        let belief = printer.memory.belief(now: .now)
        if let known = belief.realTime {
            if !known.isEmpty { try await askOneThatAnswers(known) }
            return
        }
        let isCaughtUp = try await beginToSpeak()
        var allowance = isCaughtUp ? CompletionMachine.printing(bytes: bytesIntoStep.count) : .zero
        var answered: [RealTimeTopic] = []
        for topic in RealTimeTopic.allCases {
            guard try await ask([topic], timeout: printer.timeouts.probe + allowance) else { break }
            wasHeardOut()
            allowance = .zero
            answered.append(topic)
        }
        if isNoisy || (isCaughtUp && answered.isEmpty) { return }
        printer.memory.learn(PrinterMemory.Belief(realTime: answered), now: .now)
    }

    private func askOneThatAnswers(_ topics: [RealTimeTopic]) async throws(PrintingError) {
        let allowance = try await beginToSpeak() ? printer.timeouts.catchUp : .zero
        let isAnswered = try await ask(topics, timeout: printer.timeouts.knownProbe + allowance)
        if isNoisy { return }
        if isAnswered { wasHeardOut() }
        guard !isAnswered, status == nil else { return printer.memory.answered() }
        // It may be silent because it reads questions as the rest of a picture.
        raiseDoubt()
        guard printer.memory.wasSilent(now: .now) else { return }
        // Sending blindly would lose the paper in a printer that is serving another computer.
        throw PrintingError(
            .notReady,
            """
            Printer \(printer.name) is connected but does not answer as it did before: \
            it may be serving another computer, or starting up.
            """)
    }
}
