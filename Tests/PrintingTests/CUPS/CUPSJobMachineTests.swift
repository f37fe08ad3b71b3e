import Testing

@testable import Printing

@Suite struct CUPSJobMachineTests {
    let start = ContinuousClock.now

    @Test(
        "each state of a job means one thing",
        arguments: [
            (3, nil), (4, nil), (5, nil), (6, .jobEnded), (7, .jobEnded), (8, .jobEnded),
        ] as [(Int, PrintingError.Code?)])
    func states(state: Int, code: PrintingError.Code?) {
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        switch machine.heard(CUPSJobReport(state: state), status: PrinterStatus(), now: start) {
        case .wait: #expect(code == nil)
        case .failed(let failed, let words):
            #expect(failed == code)
            #expect(!words.isEmpty)
        case .printed: Issue.record("state \(state) is not completed")
        }
    }

    @Test("a completed job is printed") func completed() {
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        #expect(machine.heard(CUPSJobReport(state: 9), status: PrinterStatus(), now: start) == .printed)
    }

    @Test("a job that goes back to waiting has broken off", arguments: [3, 4]) func again(state: Int) {
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        #expect(machine.heard(CUPSJobReport(state: 5), status: PrinterStatus(), now: start) == .wait)
        guard
            case .failed(.jobEnded, _) = machine.heard(CUPSJobReport(state: state), status: PrinterStatus(), now: start)
        else { return #expect(Bool(false), "it would be begun anew") }
        var blinked = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        guard
            case .failed(.jobEnded, _) = blinked.heard(
                CUPSJobReport(state: state, hasBegun: true), status: PrinterStatus(), now: start)
        else { return #expect(Bool(false), "it was begun while nobody looked") }
    }

    @Test("patience ends, and a server's silence is borne only so long") func deadlines() {
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        let waiting = CUPSJobReport(state: 5, message: "no\u{1B} paper")
        #expect(machine.heard(waiting, status: PrinterStatus(), now: start + .seconds(1_799)) == .wait)
        guard
            case .failed(.timedOut, let words) = machine.heard(
                waiting, status: PrinterStatus(.paperEnd), now: start + .seconds(1_800))
        else { return #expect(Bool(false), "patience is thirty minutes") }
        #expect(words.contains("out of paper") && words.contains("(no paper)"))
        #expect(machine.unheard(now: start + .seconds(1_829)) == .wait)
        guard case .failed(.connectionLost, _) = machine.unheard(now: start + .seconds(1_830)) else {
            return #expect(Bool(false), "silence is thirty seconds")
        }
    }

    @Test("a job the server has forgotten is not believed printed") func forgotten() {
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), now: start)
        guard case .failed(.jobEnded, _) = machine.heard(nil, status: PrinterStatus(), now: start) else {
            return #expect(Bool(false), "nothing is known of it")
        }
    }

    @Test(
        "a queue's reasons are told as the printer's status",
        arguments: [
            (3, ["none"], PrinterStatus()), (4, ["media-empty-error"], PrinterStatus(.paperEnd)),
            (4, ["media-empty"], PrinterStatus(.paperEnd)), (4, ["media-empty-report"], PrinterStatus()),
            (4, ["media-low-warning"], PrinterStatus(.paperNearEnd)),
            (4, ["cover-open"], PrinterStatus(.coverOpen)),
            (4, ["other-error"], PrinterStatus(.otherError)), (4, ["other-warning"], PrinterStatus()),
            (5, ["paused"], PrinterStatus(.offline)), (4, ["offline-report"], PrinterStatus(.offline)),
        ] as [(Int, [String], PrinterStatus)])
    func status(state: Int, reasons: [String], status: PrinterStatus) {
        var expected = status
        expected.told = .all.subtracting(.cutter)
        #expect(CUPSPrinterReport(state: state, reasons: reasons).status == expected)
    }

    @Test("only a job cancelled before it was begun was kept back") func keptBack() {
        #expect(CUPSJobReport(state: 7).wasKeptBack)
        #expect(!CUPSJobReport(state: 7, hasBegun: true).wasKeptBack)
        #expect(!CUPSJobReport(state: 8).wasKeptBack)
    }

    @Test("a job that the printer has for longer than it takes is stuck, from when it was begun")
    func stuck() {
        let start = ContinuousClock.now
        var machine = CUPSJobMachine(timeouts: PrinterTimeouts(), printing: .seconds(5), now: start)
        #expect(machine.heard(CUPSJobReport(state: 3), status: PrinterStatus(), now: start) == .wait)
        #expect(!machine.isStuck(now: start + .seconds(60)))
        let begun = start + .seconds(60)
        #expect(machine.heard(CUPSJobReport(state: 5), status: PrinterStatus(), now: begun) == .wait)
        #expect(!machine.isStuck(now: begun + .milliseconds(6_999)))
        #expect(machine.isStuck(now: begun + .seconds(7)))
    }
}
