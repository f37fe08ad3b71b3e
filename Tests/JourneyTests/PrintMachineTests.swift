import Foundation
import Testing

@testable import Journey

@Suite struct PrintMachineTests {
    typealias State = PrintMachine.State
    typealias Event = PrintMachine.Event

    private static let now = Date(timeIntervalSince1970: 1_795_144_500)
    private static let events: [Event] = [
        .began, .returned(reason: "offline"), .heldUp(reason: "no paper"), .wentOn, .confirmed(.processID, at: now),
        .lostContact(reason: "cut off", at: now),
        .failed(reason: "too old", at: now), .cancelled(at: now), .requeued,
    ]
    /// Every transition there is; each pair that is not here is illegal.
    private static let transitions: [State: [String: State]] = [
        .queued: ["began": .printing, "returned": .queued, "failed": .failed, "cancelled": .cancelled],
        .printing: [
            "returned": .queued, "heldUp": .printing, "wentOn": .printing, "confirmed": .printed,
            "lostContact": .uncertain,
        ],
        .failed: ["requeued": .queued],
        .cancelled: ["requeued": .queued],
        .printed: [:],
        .uncertain: [:],
    ]

    @Test("each state takes exactly its events, and an illegal one changes nothing", arguments: State.allCases, events)
    func everyPair(state: State, event: Event) throws {
        let before = PrintMachine(kind: .receipt, mark: .none, state: state)
        var machine = before
        let expected = try #require(Self.transitions[state])[event.name]
        if let expected {
            try machine.apply(event)
            #expect(machine.state == expected)
        } else {
            #expect(throws: IllegalTransition(state: state.rawValue, event: event.name)) { try machine.apply(event) }
            #expect(machine == before)
        }
    }

    @Test("a print that came out knows how that is known and when", arguments: PrintMachine.Confirmation.allCases)
    func confirmed(by confirmation: PrintMachine.Confirmation) throws {
        var machine = PrintMachine(kind: .copy, mark: .copy, error: "paper out")
        try machine.apply(.began)
        #expect(machine.error == nil)
        try machine.apply(.confirmed(confirmation, at: Self.now))
        #expect(machine.confirmedBy == confirmation)
        #expect(machine.finishedAt == Self.now)
        #expect(machine.error == nil)
    }

    @Test("a print that stands still in the middle of the paper says why, until it goes on or ends")
    func heldUp() throws {
        var print = PrintMachine(kind: .receipt, mark: .none, state: .printing)
        try print.apply(.heldUp(reason: "out of paper"))
        #expect(print.error == "out of paper")
        #expect(print.state == .printing)
        #expect(print.finishedAt == nil)
        try print.apply(.wentOn)
        #expect(print.error == nil)
        try print.apply(.heldUp(reason: "cover open"))
        try print.apply(.confirmed(.status, at: Self.now))
        #expect(print.error == nil)
    }

    @Test("a print that did not come out says why and when")
    func failures() throws {
        var waiting = PrintMachine(kind: .receipt, mark: .none)
        try waiting.apply(.returned(reason: "cover open"))
        #expect(waiting.error == "cover open")
        #expect(waiting.finishedAt == nil)
        try waiting.apply(.failed(reason: "older than 30 minutes", at: Self.now))
        #expect(waiting.error == "older than 30 minutes")
        #expect(waiting.finishedAt == Self.now)
        #expect(waiting.confirmedBy == nil)
        try waiting.apply(.requeued)
        #expect(waiting == PrintMachine(kind: .receipt, mark: .none))

        var lost = PrintMachine(kind: .receipt, mark: .none, state: .printing)
        try lost.apply(.lostContact(reason: "unplugged", at: Self.now))
        #expect(lost.error == "unplugged")
        #expect(lost.finishedAt == Self.now)
        #expect(lost.confirmedBy == nil)
    }

    @Test(
        "only an unmarked original that may or may not be on paper is printed again by itself",
        arguments: State.allCases)
    func reprint(state: State) {
        for kind in PrintMachine.Kind.allCases {
            for mark in PrintMachine.Mark.allCases {
                let machine = PrintMachine(kind: kind, mark: mark, state: state)
                #expect(machine.owesReprint == (state == .uncertain && kind == .receipt && mark == .none))
                #expect(machine.isUnmarkedOriginal == (kind == .receipt && mark == .none))
                #expect(machine.isOut == (state == .printed || state == .uncertain))
            }
        }
    }

    @Test("states, kinds, marks and confirmations are named as the API names them")
    func names() {
        #expect(
            State.allCases.map(\.rawValue) == ["queued", "printing", "printed", "failed", "cancelled", "uncertain"])
        #expect(PrintMachine.Kind.allCases.map(\.rawValue) == ["receipt", "qr_slip", "copy"])
        #expect(PrintMachine.Mark.allCases.map(\.rawValue) == ["none", "copy", "reprint"])
        #expect(PrintMachine.Confirmation.allCases.map(\.rawValue) == ["process-id", "status", "cups", "written"])
    }
}
