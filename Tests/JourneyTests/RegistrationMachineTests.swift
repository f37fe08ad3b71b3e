import Foundation
import Testing

@testable import Journey

@Suite struct RegistrationMachineTests {
    typealias Event = RegistrationMachine.Event

    private static let now = Date(timeIntervalSince1970: 1_795_144_500)
    private static let later = now.addingTimeInterval(60)
    private static let failure = Failure(code: "Gateway::TimedOut", message: "no answer", at: now)
    private static let initiated = Failure(code: "Trade::Initiated", message: "exists", at: now)
    private static let url = "https://example.com/s/abc"

    /// A state and the call that is owed in it.
    struct Place: Sendable, Hashable, CustomTestStringConvertible {
        let state: RegistrationMachine.State
        let step: RegistrationMachine.Step

        init(_ state: RegistrationMachine.State, _ step: RegistrationMachine.Step) {
            (self.state, self.step) = (state, step)
        }

        var testDescription: String { "\(state.rawValue)/\(step.rawValue)" }
    }

    private static let places = RegistrationMachine.State.allCases.flatMap { state in
        RegistrationMachine.Step.allCases.map { Place(state, $0) }
    }
    private static let events: [Event] = [
        .attemptBegan, .initiated, .foundInitiated(initiated), .linked(serviceURL: url),
        .deferred(failure, until: later, mayHaveActed: false), .rejected(failure), .retried(adopting: false, at: now),
        .retried(adopting: true, at: now),
    ]

    /// Where an event leads; nil where it is illegal.
    private static func destination(of event: Event, from place: Place, mayBeInitiated: Bool) -> Place? {
        let (stub, show) = (Place(.pending, .stub), Place(.pending, .show))
        switch (place, event) {
        case (stub, .attemptBegan), (stub, .deferred): return stub
        case (show, .attemptBegan), (show, .deferred): return show
        case (stub, .initiated): return show
        case (stub, .foundInitiated): return mayBeInitiated ? show : Place(.rejected, .stub)
        case (show, .linked): return Place(.ready, .show)
        case (stub, .rejected): return Place(.rejected, .stub)
        case (show, .rejected): return Place(.rejected, .show)
        case (stub, .retried(let adopting, _)), (Place(.rejected, .stub), .retried(let adopting, _)):
            return adopting ? show : stub
        case (show, .retried(let adopting, _)), (Place(.rejected, .show), .retried(let adopting, _)):
            return adopting ? show : stub
        default: return nil
        }
    }

    @Test("each state takes exactly its events, and an illegal one changes nothing", arguments: places, events)
    func everyPair(place: Place, event: Event) throws {
        for mayBeInitiated in [false, true] {
            let before = RegistrationMachine(
                state: place.state, step: place.step, attempts: 3, hasOpenAttempt: false,
                mayBeInitiated: mayBeInitiated, nextAttemptAt: Self.now)
            var machine = before
            if let expected = Self.destination(of: event, from: place, mayBeInitiated: mayBeInitiated) {
                try machine.apply(event)
                #expect(Place(machine.state, machine.step) == expected)
                // Nothing is due once nothing is owed, and something always is while it is pending.
                #expect((machine.nextAttemptAt != nil) == (machine.state == .pending))
            } else {
                #expect(throws: IllegalTransition(state: place.testDescription, event: event.name)) {
                    try machine.apply(event)
                }
                #expect(machine == before)
            }
        }
    }

    @Test("the way of a sale that meets no trouble")
    func straightThrough() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        #expect(machine.nextAttemptAt == Self.now)
        #expect(Place(machine.state, machine.step) == Place(.pending, .stub))
        try machine.apply(.attemptBegan)
        #expect(machine.hasOpenAttempt)
        #expect(machine.attempts == 1)
        try machine.apply(.initiated)
        #expect(!machine.hasOpenAttempt)
        try machine.apply(.linked(serviceURL: Self.url))
        #expect(
            machine
                == RegistrationMachine(
                    state: .ready, step: .show, attempts: 1, mayBeInitiated: true, serviceURL: Self.url))
    }

    @Test("a transaction found under our id is a stranger's when nothing of ours was ever sent")
    func strangersTransaction() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundInitiated(Self.initiated))
        #expect(machine.state == .rejected)
        #expect(machine.lastError == Self.initiated)
        #expect(machine.nextAttemptAt == nil)
        #expect(!machine.hasOpenAttempt)
    }

    @Test(
        "after a first attempt it is ours only if that attempt may have reached the provider",
        arguments: [(true, RegistrationMachine.State.pending), (false, .rejected)])
    func afterDeferral(mayHaveActed: Bool, expected: RegistrationMachine.State) throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: mayHaveActed))
        #expect(machine.lastError == Self.failure)
        #expect(machine.nextAttemptAt == Self.later)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundInitiated(Self.initiated))
        #expect(machine.state == expected)
        #expect(machine.step == (mayHaveActed ? .show : .stub))
    }

    @Test("what may have been sent once is remembered through later attempts that certainly were not")
    func remembered() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        for mayHaveActed in [true, false, false] {
            try machine.apply(.attemptBegan)
            try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: mayHaveActed))
        }
        try machine.apply(.attemptBegan)
        try machine.apply(.foundInitiated(Self.initiated))
        #expect(Place(machine.state, machine.step) == Place(.pending, .show))
        #expect(machine.attempts == 4)
    }

    @Test("an attempt left open by a crash may have reached the provider, so what is found there is ours")
    func afterCrash() throws {
        var crashed = RegistrationMachine(dueAt: Self.now)
        try crashed.apply(.attemptBegan)
        #expect(!crashed.mayBeInitiated)
        // As it is read back at start-up.
        var machine = RegistrationMachine(
            state: crashed.state, step: crashed.step, attempts: crashed.attempts,
            hasOpenAttempt: crashed.hasOpenAttempt, mayBeInitiated: crashed.mayBeInitiated,
            nextAttemptAt: crashed.nextAttemptAt)
        #expect(machine == crashed)
        try machine.apply(.attemptBegan)
        #expect(machine.mayBeInitiated)
        try machine.apply(.foundInitiated(Self.initiated))
        #expect(Place(machine.state, machine.step) == Place(.pending, .show))
        #expect(machine.attempts == 2)
    }

    @Test("a sale waits apart until something comes of it, or a person sends it again")
    func apart() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        func failed(_ machine: RegistrationMachine, apart: Bool) throws -> RegistrationMachine {
            var machine = machine
            try machine.apply(.attemptBegan)
            try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: false, apart: apart))
            return machine
        }
        machine = try failed(machine, apart: false)
        #expect(!machine.waitsApart)
        machine = try failed(machine, apart: true)
        #expect(machine.waitsApart)
        // An outage meanwhile changes nothing about it.
        machine = try failed(machine, apart: false)
        #expect(machine.waitsApart)
        for event in [
            Event.initiated, .rejected(Self.failure), .retried(adopting: false, at: Self.now),
            .retried(adopting: true, at: Self.now),
        ] {
            var next = machine
            try next.apply(event)
            #expect(!next.waitsApart)
        }
    }

    @Test("an attempt that was not sent after all leaves nothing behind")
    func withdrawn() throws {
        let fresh = RegistrationMachine(dueAt: Self.now)
        var machine = fresh
        try machine.apply(.attemptBegan)
        try machine.apply(.withdrawn)
        #expect(machine == fresh)
        #expect(throws: IllegalTransition.self) { try machine.apply(.withdrawn) }
        // So a transaction that is found now is a stranger's.
        try machine.apply(.attemptBegan)
        try machine.apply(.foundInitiated(Self.initiated))
        #expect(machine.state == .rejected)
    }

    @Test("an unanswered show says nothing of who made the transaction")
    func openShow() throws {
        var machine = RegistrationMachine(state: .pending, step: .show, nextAttemptAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        #expect(!machine.mayBeInitiated)
    }

    @Test("a person's retry is due at once and forgets neither attempts nor what may have been sent")
    func retry() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        try machine.apply(.rejected(Self.initiated))
        #expect(machine.nextAttemptAt == nil)
        try machine.apply(.retried(adopting: false, at: Self.later))
        #expect(Place(machine.state, machine.step) == Place(.pending, .stub))
        #expect(machine.nextAttemptAt == Self.later)
        #expect(machine.mayBeInitiated)
        #expect(machine.attempts == 1)
    }

    @Test("an adopted transaction is asked for its link, not made again")
    func adoption() throws {
        var machine = RegistrationMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundInitiated(Self.initiated))
        try machine.apply(.retried(adopting: true, at: Self.later))
        try machine.apply(.attemptBegan)
        try machine.apply(.linked(serviceURL: Self.url))
        #expect(machine.state == .ready)
        #expect(machine.serviceURL == Self.url)
        #expect(machine.lastError == nil)
    }
}
