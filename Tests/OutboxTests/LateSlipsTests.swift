import Foundation
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct LateSlipsTests {
    private static let linked: [JobMachine.Event] = [
        .attemptBegan, .begun(), .done(result: "https://app.example/1"),
    ]

    private func withShop(_ maximumAge: Duration? = .seconds(120), _ body: (Outbox, SaleRecord) async throws -> Void)
        async throws
    {
        try await withTemporaryFolder { folder in
            let outbox = try Outbox(
                path: folder.appendingPathComponent("outbox.sqlite").path, rules: SaleRules(lateSlipAge: maximumAge))
            try await body(outbox, try await outbox.accepted(Fixture.sale("A")))
            try outbox.close()
        }
    }

    private func slips(_ outbox: Outbox) async throws -> [PrintRecord] {
        try await outbox.sale(Fixture.id("A")).prints.filter { $0.machine.kind == .qrSlip }
    }

    @Test("a link that comes after the paper is owed as one slip, at the same printer")
    func late() async throws {
        try await withShop { outbox, record in
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq, withQR: false)
            try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: original.seq)
            try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now + 120)
            let slip = try #require(try await slips(outbox).first)
            #expect(slip.printer == "front")
            #expect(slip.machine.state == .queued)
            #expect(slip.expiresAt == Fixture.now + 120)
            #expect(try await slips(outbox).count == 1)
        }
    }

    @Test(
        "a link that comes while paper is being printed without it is owed once that is out", arguments: [true, false])
    func race(linkFirst: Bool) async throws {
        try await withShop { outbox, record in
            // The paper was made without the link, whichever is written down first.
            let original = try #require(record.original)
            if linkFirst { try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now) }
            try await outbox.apply(.began, toPrint: original.seq, withQR: false)
            if !linkFirst { try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now) }
            #expect(try await slips(outbox).isEmpty)
            try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: original.seq)
            #expect(try await slips(outbox).count == 1)
        }
    }

    @Test("a paper that comes out once a full tax invoice was made in its place owes no slip")
    func replaced() async throws {
        try await withShop { outbox, record in
            try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now)
            let new = NewJob(kind: .saleInvoice, service: .slime, key: "A", request: [])
            let asked = try await outbox.requestInvoice(of: record.id, with: new, at: Fixture.now)
            try await outbox.apply(Self.linked, toJob: asked.job, at: Fixture.now)
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq, withQR: false)
            try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: original.seq)
            #expect(try await slips(outbox).isEmpty)
        }
    }

    @Test("a printer that took nothing after all owes no slip: its paper is made anew, with the link")
    func returned() async throws {
        try await withShop { outbox, record in
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq, withQR: false)
            try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now)
            try await outbox.apply(.returned(reason: "out of paper"), toPrint: original.seq)
            try await outbox.apply(.began, toPrint: original.seq, withQR: true)
            try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: original.seq)
            #expect(try await slips(outbox).isEmpty)
        }
    }

    @Test("no slip where the paper carries the link, or will")
    func unneeded() async throws {
        try await withShop { outbox, record in
            let original = try #require(record.original)
            try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now)
            try await outbox.apply(.began, toPrint: original.seq, withQR: true)
            #expect(try await slips(outbox).isEmpty)
        }
        // An uncertain original is printed again by itself, with the link.
        try await withShop { outbox, record in
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq, withQR: false)
            try await outbox.apply(.lostContact(reason: "cable", at: Fixture.now), toPrint: original.seq)
            try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now)
            #expect(try await slips(outbox).isEmpty)
        }
    }

    @Test("no slip once the customer has gone, for a sale without paper, or where none are wanted")
    func never() async throws {
        for (maximumAge, linkedAfter) in [(Duration.seconds(120), 121.0), (nil, 5.0)] {
            try await withShop(maximumAge) { outbox, record in
                let original = try #require(record.original)
                try await outbox.apply(.began, toPrint: original.seq, withQR: false)
                try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: original.seq)
                try await outbox.apply(Self.linked, toJob: record.registration.job, at: Fixture.now + linkedAfter)
                #expect(try await slips(outbox).isEmpty)
            }
        }
        try await withShop { outbox, _ in
            let silent = try await outbox.accepted(Fixture.sale("B", printer: nil))
            try await outbox.apply(Self.linked, toJob: silent.registration.job, at: Fixture.now)
            #expect(try await outbox.sale(silent.id).prints.isEmpty)
        }
    }
}
