import Testing

@testable import Printing

@Suite struct PrinterMemoryTests {
    let start = ContinuousClock.now

    @Test("what a printer does not answer is tried again after a while; what it answers is kept") func denials() {
        let memory = PrinterMemory(reprobe: .seconds(600))
        memory.learn(.init(realTime: [.printer], processID: false, queuedStatus: true), now: start)
        let early = memory.belief(now: start + .seconds(599))
        #expect(early == .init(realTime: [.printer], processID: false, queuedStatus: true))
        let late = memory.belief(now: start + .seconds(600))
        #expect(late == .init(realTime: [.printer], processID: nil, queuedStatus: true))
    }

    @Test("a mute printer is asked again after a while") func mute() {
        let memory = PrinterMemory(reprobe: .seconds(600))
        memory.learn(.init(realTime: []), now: start)
        #expect(memory.belief(now: start).realTime == [])
        #expect(memory.belief(now: start + .seconds(600)).realTime == nil)
    }

    @Test("a printer that answered once is believed mute only when it is silent again and again, and for long")
    func silence() {
        let memory = PrinterMemory(reprobe: .seconds(600))
        memory.learn(.init(realTime: [.printer], processID: true), now: start)
        for second in [0, 2, 4, 599] { #expect(memory.wasSilent(now: start + .seconds(second))) }
        #expect(memory.belief(now: start + .seconds(599)).realTime == [.printer])
        #expect(!memory.wasSilent(now: start + .seconds(600)))
        #expect(memory.belief(now: start + .seconds(600)) == .init(realTime: []))
    }

    @Test("two silent openings far apart prove nothing, nor do those before an answer") func answered() {
        let memory = PrinterMemory(reprobe: .seconds(600))
        memory.learn(.init(realTime: [.printer]), now: start)
        #expect(memory.wasSilent(now: start))
        #expect(memory.wasSilent(now: start + .seconds(900)))
        memory.answered()
        for second in [1_000, 1_100, 1_599] { #expect(memory.wasSilent(now: start + .seconds(second))) }
        #expect(!memory.wasSilent(now: start + .seconds(1_600)))
    }
}
