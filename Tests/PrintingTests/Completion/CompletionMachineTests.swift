import Testing

@testable import Printing

@Suite struct CompletionMachineTests {
    let start = ContinuousClock.now
    let id = ProcessID()
    let all = PrinterMemory.Belief(realTime: [.printer, .paper])

    private func machine(
        _ policy: ConfirmationPolicy = .auto, belief: PrinterMemory.Belief, status: PrinterStatus? = PrinterStatus(),
        bytesSent: Int = 0
    ) -> CompletionMachine {
        CompletionMachine(
            .init(id: id, bytes: bytesSent), policy: policy, belief: belief, status: status,
            timeouts: PrinterTimeouts(), now: start)
    }

    private func after(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("an unknown printer is asked for both proofs, the process ID first") func both() {
        var machine = machine(belief: all)
        #expect(machine.next(now: start) == .write(ESCPOS.processIDRequest(id) + ESCPOS.queuedStatusRequest))
        machine.heard(.processID(id), status: PrinterStatus(), now: start)
        #expect(machine.next(now: start) == .confirmed(.processID))
        #expect(machine.found == PrinterMemory.Belief(processID: true))
    }

    @Test(
        "only what may be answered is asked",
        arguments: [
            (.auto, true, nil, true, false), (.auto, false, nil, false, true), (.auto, false, true, false, true),
            (.status, nil, nil, false, true), (.processID, nil, nil, true, false),
            (.processID, false, nil, true, false),
        ] as [(ConfirmationPolicy, Bool?, Bool?, Bool, Bool)])
    func questions(policy: ConfirmationPolicy, knowsID: Bool?, knowsQueued: Bool?, asksID: Bool, asksQueued: Bool) {
        var machine = machine(
            policy, belief: .init(realTime: [.printer], processID: knowsID, queuedStatus: knowsQueued))
        let expected =
            (asksID ? ESCPOS.processIDRequest(id) : []) + (asksQueued ? ESCPOS.queuedStatusRequest : [])
        #expect(machine.next(now: start) == .write(expected))
    }

    @Test("another paper's echo proves nothing") func otherEcho() {
        var machine = machine(belief: all)
        _ = machine.next(now: start)
        machine.heard(.processID(ProcessID()), status: PrinterStatus(), now: start)
        #expect(machine.next(now: start) == .wait(until: after(1)))
    }

    @Test("a queued answer without an echo confirms after a grace, and teaches that there is no process ID")
    func queued() {
        var machine = machine(belief: all)
        _ = machine.next(now: start)
        machine.heard(.queued(0), status: PrinterStatus(), now: start)
        #expect(machine.next(now: start) == .wait(until: after(1)))
        #expect(machine.next(now: after(2)) == .confirmed(.status))
        #expect(machine.found == PrinterMemory.Belief(processID: false, queuedStatus: true))
    }

    @Test("a queued answer confirms at once where no process ID is hoped for") func queuedAtOnce() {
        var machine = machine(.status, belief: all)
        _ = machine.next(now: start)
        machine.heard(.queued(0x03), status: PrinterStatus(.paperNearEnd), now: start)
        #expect(machine.next(now: start) == .confirmed(.status))
    }

    @Test("a queued answer that says paper end is no proof, and is asked for again when paper is back")
    func queuedAtPaperEnd() {
        var machine = machine(.status, belief: PrinterMemory.Belief(realTime: []))
        _ = machine.next(now: start)
        machine.heard(.queued(0x0C), status: PrinterStatus(.paperEnd), now: start)
        #expect(machine.next(now: after(100)) == .wait(until: after(101)))
        machine.heard(.automatic([0x10, 0, 0, 0]), status: PrinterStatus(), now: after(200))
        #expect(machine.next(now: after(200)) == .write(ESCPOS.queuedStatusRequest))
        machine.heard(.queued(0), status: PrinterStatus(), now: after(201))
        #expect(machine.next(now: after(201)) == .confirmed(.status))
    }

    @Test("real-time status alone confirms only after a fresh, good round and the time the paper takes")
    func realTimeAlone() {
        var machine = machine(belief: all, bytesSent: 3 * CompletionMachine.slowestRate)
        _ = machine.next(now: start)
        #expect(machine.next(now: start) == .wait(until: after(1)))
        #expect(machine.next(now: after(1)) == .poll([.printer, .paper]))
        machine.heard(.realTime(0x12), status: PrinterStatus(), now: after(1))
        machine.heard(.realTime(0x12), status: PrinterStatus(), now: after(1))
        #expect(machine.next(now: after(4)) == .poll([.printer, .paper]))
        #expect(machine.next(now: after(5)) == .confirmed(.status))
        #expect(machine.found == PrinterMemory.Belief(processID: false, queuedStatus: false))
    }

    @Test("a printer known to give process IDs is never believed without") func strict() {
        var machine = machine(belief: PrinterMemory.Belief(realTime: [.printer], processID: true))
        _ = machine.next(now: start)
        #expect(machine.next(now: start) == .wait(until: after(1)))
        for second in 1..<60 {
            #expect(machine.next(now: after(Double(second))) == .poll([.printer]))
            machine.heard(.realTime(0x12), status: PrinterStatus(), now: after(Double(second)))
        }
        #expect(machine.next(now: after(60)) == .failed(.unconfirmed))
    }

    @Test("a printer that never says anything is asked once, and then believed to have printed what it took")
    func mute() {
        var first = machine(belief: PrinterMemory.Belief(realTime: []), status: nil)
        #expect(first.next(now: start) == .write(ESCPOS.processIDRequest(id) + ESCPOS.queuedStatusRequest))
        #expect(first.next(now: start) == .wait(until: after(1)))
        #expect(first.next(now: after(2)) == .confirmed(.written))
        #expect(first.found == PrinterMemory.Belief(processID: false, queuedStatus: false))
        let learned = PrinterMemory.Belief(realTime: [], processID: false, queuedStatus: false)
        var second = machine(belief: learned, status: nil)
        #expect(second.next(now: start) == .confirmed(.written))
    }

    @Test("a printer known to give process IDs that says nothing is not believed") func muteNow() {
        var machine = machine(belief: PrinterMemory.Belief(realTime: [], processID: true), status: nil)
        #expect(machine.next(now: start) == .write(ESCPOS.processIDRequest(id)))
        #expect(machine.next(now: start) == .wait(until: after(1)))
        #expect(machine.next(now: after(30)) == .failed(.silent))
    }

    @Test("while the printer cannot print only patience ends the wait") func patience() {
        var machine = machine(belief: all, status: PrinterStatus(.paperEnd))
        _ = machine.next(now: start)
        #expect(machine.next(now: after(600)) == .poll([.printer, .paper]))
        #expect(machine.next(now: after(600)) == .wait(until: after(601)))
        #expect(machine.next(now: after(1_799)) == .poll([.printer, .paper]))
        #expect(machine.next(now: after(1_800)) == .failed(.stalledTooLong))
    }

    @Test("a question that was lost is put again") func lostQuestion() {
        var machine = machine(belief: all)
        _ = machine.next(now: start)
        #expect(machine.next(now: after(1)) == .poll([.printer, .paper]))
        #expect(machine.next(now: after(5)) == .wait(until: after(6)))
        #expect(machine.next(now: after(6)) == .poll([.printer, .paper]))
    }

    @Test("a printer that was able to print and falls silent is given up") func silence() {
        var machine = machine(belief: all)
        _ = machine.next(now: start)
        _ = machine.next(now: start)
        #expect(machine.next(now: after(30)) == .failed(.silent))
    }

    @Test(
        "a line on which something else talks proves nothing: what was taken counts as written, and nothing is learned")
    func noise() {
        var machine = machine(belief: all, bytesSent: 3 * CompletionMachine.slowestRate)
        _ = machine.next(now: start)
        machine.trustIsLost(couldPrint: true, now: after(1))
        #expect(machine.next(now: after(1)) == .wait(until: after(5)))
        #expect(machine.next(now: after(5)) == .confirmed(.written))
        #expect(machine.found == PrinterMemory.Belief())
    }

    @Test(
        "on such a line a paper is not known to be out where more was asked for, or the printer could not print",
        arguments: [(.processID, true), (.status, true), (.auto, false)] as [(ConfirmationPolicy, Bool)])
    func noiseWhereMoreIsAsked(policy: ConfirmationPolicy, couldPrint: Bool) {
        var machine = machine(policy, belief: all)
        _ = machine.next(now: start)
        machine.trustIsLost(couldPrint: couldPrint, now: after(1))
        #expect(machine.next(now: after(60)) == .failed(.unconfirmed))
    }

    @Test("an echo that came before the noise is proof") func echoedBeforeNoise() {
        var machine = machine(belief: all)
        _ = machine.next(now: start)
        machine.heard(.processID(id), status: PrinterStatus(), now: start)
        machine.trustIsLost(couldPrint: true, now: start)
        #expect(machine.next(now: start) == .confirmed(.processID))
    }
}
