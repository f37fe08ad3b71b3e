/// Decides from a print server's reports whether a job's paper is out or lost. No I/O.
struct CUPSJobMachine: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Action: Sendable, Equatable {
        case wait
        case printed
        case failed(PrintingError.Code, String)
    }

    let started: Instant
    let timeouts: PrinterTimeouts
    /// How long the printer may take to swallow the paper.
    let printing: Duration
    private var lastHeard: Instant
    private var processingSince: Instant?

    init(timeouts: PrinterTimeouts, printing: Duration = .zero, now: Instant) {
        self.timeouts = timeouts
        self.printing = printing
        started = now
        lastHeard = now
    }

    /// The server did not answer.
    func unheard(now: Instant) -> Action {
        now < lastHeard + timeouts.silence
            ? .wait
            : .failed(.connectionLost, "the print server has stopped answering; look whether the paper came out")
    }

    /// Whether the printer has had the job for longer than it takes. A raw queue's back end says only in free text that
    /// nobody answers, or that no more bytes are taken: the printer's state reasons stay "none".
    func isStuck(now: Instant) -> Bool {
        processingSince.map { now >= $0 + printing + timeouts.grace } ?? false
    }

    mutating func heard(_ job: CUPSJobReport?, status: PrinterStatus, now: Instant) -> Action {
        lastHeard = now
        guard let job else {
            return .failed(
                .jobEnded,
                "the print server has forgotten the job; set PreserveJobHistory Yes in its cupsd.conf, so that it can tell"
            )
        }
        switch job.state {
        case 9: return .printed
        case 8: return .failed(.jobEnded, "the print server aborted the job\(message(of: job)); look at its log")
        case 7: return .failed(.jobEnded, "the job was cancelled at the print server")
        case 6: return .failed(.jobEnded, "the print server stopped the job\(message(of: job)); look at its log")
        case 5: processingSince = processingSince ?? now
        default:
            // A second try would print the paper again from its beginning, unmarked.
            if processingSince != nil || job.hasBegun {
                return .failed(
                    .jobEnded,
                    """
                    the printer broke off\(message(of: job)), and the print server would have begun the paper anew; \
                    look whether it came out
                    """)
            }
        }
        guard now < started + timeouts.waitLimit else {
            return .failed(
                .timedOut, "the job did not end in time; the printer is \(status.summary)\(message(of: job))")
        }
        return .wait
    }

    private func message(of job: CUPSJobReport) -> String {
        let reasons = job.message.map { [$0] } ?? job.reasons.filter { $0 != "none" }
        let text = reasons.joined(separator: ", ").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return text.isEmpty ? "" : " (\(String(String.UnicodeScalarView(text.prefix(200)))))"
    }
}
