import Foundation
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite struct DocumentPrintRecoveryTests {
    @Test("prints of documents come back; what was on its way ends, and staff are told")
    func ended() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            let id = try await outbox.accepted(Fixture.sale("A", printer: nil)).id
            var prints: [DocumentPrint] = []
            for document in ["D1", "D2", "D3", "D4"] {
                // More than a page of the database.
                let print = try await outbox.printDocument(
                    try #require(DocumentID(document)), of: id, pdf: Array(repeating: 7, count: 20_000), on: "office",
                    at: Fixture.now)
                prints.append(try #require(print))
            }
            try await outbox.apply(.began, toDocumentPrint: prints[0].seq)
            try await outbox.apply(.confirmed(.cups, at: Fixture.now + 1), toDocumentPrint: prints[0].seq)
            try await outbox.apply(.began, toDocumentPrint: prints[1].seq)
            _ = try await outbox.cancelPrint(ofDocument: prints[2].document, of: id, at: Fixture.now + 2)
            let before = try await outbox.documentPrints(of: id)
            try outbox.close()
            let terms = RecoveryTerms(provider: .slime, proofs: [.slime: RequestProof { _ in true }])
            let report = try Recovery.run(from: path, to: path + ".recovered", under: terms)
            #expect((report.sales, report.unreadRows, report.endedDocumentPrints) == (1, 0, 2))
            outbox = try Outbox(path: path + ".recovered")
            let after = try await outbox.documentPrints(of: id)
            #expect(after.map(\.machine.state) == [.printed, .uncertain, .cancelled, .failed])
            #expect((after[0], after[2]) == (before[0], before[2]))
            #expect(after[3].machine.error?.contains("ask for it again") == true)
            #expect(try await outbox.figures().failedPrints.map(\.documents) == [2])
            #expect(try await outbox.nextDocumentPrint(on: "office") == nil)
            // It is printed anew, and nobody misses the one before it any more.
            let again = try #require(
                try await outbox.printDocument(
                    prints[3].document, of: id, pdf: [1], on: "office", at: Fixture.now + 3))
            #expect(again.id == 5)
            try outbox.close()
        }
    }
}
