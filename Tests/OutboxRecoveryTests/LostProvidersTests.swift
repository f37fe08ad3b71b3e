import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

/// Where sales belong whose registration is lost.
@Suite struct LostProvidersTests {
    private static let terms = RecoveryTerms(
        provider: .slime,
        proofs: [.slime: RequestProof { _ in true }, .billgate: RequestProof { _ in true }],
        cannotTellRepeats: [.billgate])

    /// Recovers a database with a sale for each letter: `s` of Slime's, `b` of Billgate's; capitals have lost their registration.
    ///
    /// - Returns: The provider of each, by the same letters.
    private func recovered(
        _ sales: String, choosing chosen: ServiceName? = nil, account: ServiceName? = nil
    ) async throws -> String {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            for (number, letter) in sales.enumerated() {
                let sale = try Fixture.sale("S-\(number)")
                let service: ServiceName = letter.lowercased() == "b" ? .billgate : .slime
                let job = NewJob(kind: .registration, service: service, key: "S-\(number)", request: [1])
                let record = try await outbox.accepted(
                    NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
                guard letter.isUppercase else { continue }
                try await outbox.write { db, _ in
                    try db.execute(sql: "DELETE FROM job WHERE seq = ?", arguments: [record.registration.job])
                }
            }
            if let account { try await outbox.setAccount(.up, of: account) }
            try outbox.close()
            var terms = Self.terms
            terms.chosen = chosen
            let report = try Recovery.run(from: path, to: path + ".recovered", under: terms)
            #expect(report.lostRegistrations == sales.count(where: \.isUppercase))
            let recovered = try Outbox(path: path + ".recovered")
            var providers = ""
            for number in 0..<sales.count {
                let registration = try await recovered.sale(Fixture.id("S-\(number)")).registration
                providers += registration.provider == .billgate ? "b" : "s"
                // What it may have made there is looked for.
                if registration.state == .rejected { #expect(registration.machine.mayHaveActed) }
            }
            try recovered.close()
            return providers
        }
    }

    @Test(
        "a sale whose registration is lost belongs to the provider of the one next to it",
        arguments: [
            ("bBb", "bbb"), ("sBBBb", "sssbb"), ("bS", "bb"), ("Bs", "ss"), ("bSSSSbsBs", "bbbbbbsss"), ("bBs", "bbs"),
        ])
    func nearest(sales: String, expected: String) async throws {
        #expect(try await recovered(sales) == expected)
    }

    @Test("a person's word holds where those beside it differ or there are none, and nowhere else")
    func chosen() async throws {
        #expect(try await recovered("bSSSs", choosing: .slime) == "bssss")
        #expect(try await recovered("bSSSs", choosing: .billgate) == "bbbbs")
        #expect(try await recovered("bSb", choosing: .slime) == "bbb")
        #expect(try await recovered("BB", choosing: .billgate, account: .slime) == "bb")
    }

    @Test("without any registration the first provider that is known takes them, and Slime without one")
    func none() async throws {
        #expect(try await recovered("SS", account: .billgate) == "bb")
        #expect(try await recovered("SS", account: ServiceName(rawValue: "cloud")) == "ss")
        #expect(try await recovered("BB") == "ss")
    }

    @Test("a lost sale of Billgate's is sent again there, after a look")
    func sentAgain() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            for id in ["A", "B"] {
                let sale = try Fixture.sale(id)
                let job = NewJob(kind: .registration, service: .billgate, key: id, request: [1])
                _ = try await outbox.accepted(
                    NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
            }
            try await outbox.write { db, _ in
                try db.execute(sql: "DELETE FROM job WHERE sale_seq = (SELECT max(seq) FROM sale)")
            }
            try outbox.close()
            _ = try Recovery.run(from: path, to: path + ".recovered", under: Self.terms)
            let recovered = try Outbox(path: path + ".recovered")
            let again = try await recovered.retry(
                Fixture.id("B"), with: NewJob(kind: .registration, service: .billgate, key: "B", request: [2]),
                as: JobRetry(settling: .seconds(20)), at: Fixture.now)
            #expect(again.registration.provider == .billgate && again.registration.machine.mayHaveActed)
            #expect(again.registration.nextAttemptAt == Fixture.now + 20)
            try recovered.close()
        }
    }
}
