extension LinkSession {
    func complete() async throws(PrintingError) -> Confirmation {
        do {
            guard answers, printer.confirmation != .none else { return try await written() }
            return try await proven()
        } catch {
            raiseDoubt()
            throw error
        }
    }

    private func proven() async throws(PrintingError) -> Confirmation {
        _ = try await listen(for: .zero)
        var machine = CompletionMachine(
            .init(id: ProcessID(), bytes: bytesSent), policy: printer.confirmation,
            belief: printer.memory.belief(now: .now), status: status, timeouts: printer.timeouts, now: .now)
        while true {
            if isNoisy { machine.trustIsLost(couldPrint: couldPrint, now: .now) }
            switch machine.next(now: .now) {
            case .write(let bytes):
                try await put(bytes)
            case .poll(let topics):
                try await put(topics.flatMap(ESCPOS.realTimeStatusRequest), about: topics)
            case .wait(let until):
                let isAsked = !book.asked.isEmpty
                for reply in try await listen(for: max(until - .now, .zero)) {
                    machine.heard(reply, status: status, now: .now)
                }
                // A printer that has seen a question has everything before it, and goes on by itself when paper is put
                // in.
                if isAsked, !isNoisy, book.asked.isEmpty { wasHeardOut() }
            case .confirmed(let confirmation):
                printer.memory.learn(machine.found, now: .now)
                if confirmation == .written { return try await written() }
                wasHeardOut()
                return confirmation
            case .failed(let failure):
                if failure == .unconfirmed { printer.memory.forgetProofs() }
                throw error(failure)
            }
        }
    }

    /// Nobody confirms that the paper is out, so the printer must have all of it: what our own system still holds does
    /// not count.
    private func written() async throws(PrintingError) -> Confirmation {
        do {
            try await connection.finish(timeout: printer.timeouts.stall)
        } catch {
            guard error.code != .cancelled else { throw error }
            throw PrintingError(
                error.code, "Printer \(printer.name) did not take the whole paper. Look whether it came out.",
                underlying: error)
        }
        wasHeardOut()
        return .written
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
        case .stalledTooLong:
            PrintingError(
                .timedOut,
                "Printer \(printer.name) was \(status?.summary ?? "silent") for too long in the middle of a paper.")
        }
    }
}
