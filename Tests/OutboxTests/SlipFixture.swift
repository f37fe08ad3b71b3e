import Foundation
import Journey
import Outbox
import Sales
import TestOutbox

/// Slips for an outbox of a test. The fixture's sales are of 20 November 2026, and of 120 baht.
enum SlipFixture {
    static let service = ServiceName.scanlyIQ
    static let now = Fixture.now

    /// - Parameters:
    ///   - image: any two with the same number are the same image.
    ///   - amount: nil if the sale says it.
    static func slip(
        _ image: UInt8, for sale: String? = nil, amount: Int64? = nil, at terminal: String = "POS-01",
        by service: ServiceName = service, shownAfter seconds: TimeInterval = 0
    ) throws -> NewSlip {
        let id = SlipID.random()
        var new = NewSlip(
            id: id,
            image: .init(.jpeg, size: 1_000, digest: Array(repeating: image, count: 32)),
            job: NewJob(kind: .slip, service: service, key: id.text, request: SlipRecord.request(for: id, .jpeg)),
            arrival: .init(from: "", at: now, liveUntil: now + 15),
            // 20 November in Thailand.
            shownAt: Date(timeIntervalSince1970: 1_795_144_500 + seconds))
        new.sale = try sale.map { try Fixture.id($0) }
        new.stated = amount.map { Money(satang: $0) }
        new.terminal = terminal
        return new
    }

    static func reading(
        _ amount: String? = "120.00", date: String? = "2026-11-20", from: String? = "xxx-x-x9876-x",
        to: String? = "xxx-x-x1234-x"
    ) -> SlipReading {
        SlipReading(amount: amount, date: date, bank: "KBANK", fromAccount: from, toAccount: to)
    }
}

extension Outbox {
    @discardableResult
    func taken(_ new: NewSlip) async throws -> SlipRecord {
        guard case .new(let record) = try await take(new, atMost: 100) else { throw FixtureError() }
        return record
    }

    /// Has a slip read.
    @discardableResult
    func read(_ slip: SlipRecord, as reading: SlipReading, credits: Int? = nil) async throws -> SlipRecord {
        try await apply(
            [.attemptBegan, .begun(remoteID: "J-\(slip.id)"), .done(result: nil)], toJob: slip.seq,
            finding: SlipFinding(reading, credits: credits), at: SlipFixture.now)
        return try await self.slip(slip.id)
    }
}
