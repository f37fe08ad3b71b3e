extension LinkSession {
    func complete() async throws(PrintingError) -> Confirmation {
        guard answers, printer.confirmation != .none else { return try await written() }
        _ = try await listen(for: .zero)
        var machine = CompletionMachine(
            policy: printer.confirmation, id: ProcessID(), belief: printer.memory.belief(now: .now), status: status,
            bytesSent: bytesSent, timeouts: printer.timeouts, now: .now)
        while true {
            switch machine.next(now: .now) {
            case .write(let bytes):
                try await put(bytes)
            case .poll(let topics):
                noteQuestions(topics)
                try await put(topics.flatMap(ESCPOS.realTimeStatusRequest))
            case .wait(let until):
                for reply in try await listen(for: max(until - .now, .zero)) {
                    machine.heard(reply, status: status, now: .now)
                }
            case .confirmed(let confirmation):
                printer.memory.learn(machine.found, now: .now)
                return confirmation == .written ? try await written() : confirmation
            case .failed(let failure):
                if failure == .unconfirmed { printer.memory.forgetProofs() }
                throw error(failure)
            }
        }
    }

    /// Nobody says that the paper is out, so all of it has to be with the printer: what our own system holds still is not.
    private func written() async throws(PrintingError) -> Confirmation {
        do {
            try await connection.finish(timeout: printer.timeouts.stall)
        } catch {
            guard error.code != .cancelled else { throw error }
            throw PrintingError(
                error.code, "Printer \(printer.name) did not take the whole paper. Look whether it came out.",
                underlying: error)
        }
        return .written
    }

    /// A question that stalls stays on its way; the machine's clocks decide how long that is borne.
    private func put(_ question: [UInt8]) async throws(PrintingError) {
        do {
            try await connection.write(question, timeout: printer.timeouts.poll)
        } catch {
            guard error.code == .stalled else { throw error }
        }
    }

    private func error(_ failure: CompletionMachine.Failure) -> PrintingError {
        switch failure {
        case .silent:
            PrintingError(
                .connectionLost,
                "Printer \(printer.name) has stopped answering. Look whether the paper came out, and check its cable.")
        case .unconfirmed:
            PrintingError(
                .timedOut,
                """
                Printer \(printer.name) answers, but did not say that the paper is out. Look whether it came out; \
                if it always does, set confirm = "auto" for this printer.
                """)
        case .outOfPatience:
            PrintingError(
                .timedOut,
                "Printer \(printer.name) was \(status?.summary ?? "silent") for too long in the middle of a paper.")
        }
    }
}
