extension LinkSession {
    /// Asks the printer how it is, as far as it is known to answer.
    func greet() async throws(PrintingError) {
        guard answers else { return }
        let belief = printer.memory.belief(now: .now)
        if let known = belief.realTime {
            if known.isEmpty { return }
            guard try await !ask(known, timeout: printer.timeouts.knownProbe), status == nil else {
                return printer.memory.answered()
            }
            guard printer.memory.wasSilent(now: .now) else { return }
            // Sending blindly would lose the paper in a printer that is serving another computer.
            throw PrintingError(
                .notReady,
                """
                Printer \(printer.name) is connected but does not answer as it did before: \
                it may be serving another computer, or starting up.
                """)
        }
        var answered: [RealTimeTopic] = []
        for topic in RealTimeTopic.allCases {
            guard try await ask([topic], timeout: printer.timeouts.probe) else { break }
            answered.append(topic)
        }
        printer.memory.learn(PrinterMemory.Belief(realTime: answered), now: .now)
    }
}
