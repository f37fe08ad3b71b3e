import Foundation
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

/// What staff do about a supplier's invoice.
@Suite struct SupplierInvoiceStaffTests {
    private typealias Samples = SupplierInvoiceFixture

    @Test("one that is owed is given up, and what its attempt makes after that is left to be deleted")
    func giveUp() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            let job = try #require(
                try await outbox.beginJobs(of: .ocrInvoice, at: Samples.now, within: JobLimits(all: 9)).first)
            let removed = try await outbox.giveUp(supplierInvoice: invoice.number, at: Samples.now)
            #expect(removed.state == .removed && removed.lastError?.code == SupplierInvoiceRecord.removed)
            #expect(try await outbox.figures().incidents.isEmpty)
            try await outbox.cleared(supplierInvoice: invoice.number, deleting: nil)
            #expect(try await outbox.supplierInvoice(invoice.number).isCleared)
            // The attempt was under way.
            try await outbox.apply([.prepared(remoteID: "J-1", at: Samples.now)], toJob: job.seq, at: Samples.now)
            let left = try await outbox.supplierInvoice(invoice.number)
            #expect(left.state == .removed && left.remoteID == "J-1" && !left.isCleared)
            try await outbox.cleared(supplierInvoice: invoice.number, deleting: "J-0")
            #expect(try await !outbox.supplierInvoice(invoice.number).isCleared)
            try await outbox.cleared(supplierInvoice: invoice.number, deleting: "J-1")
            let cleared = try await outbox.supplierInvoice(invoice.number)
            #expect(cleared.isCleared && cleared.remoteID == nil)
            #expect(try await outbox.pendingCount(of: .ocrInvoice, atMost: 9) == 0)
            await #expect(throws: OutboxError.self) {
                try await outbox.giveUp(supplierInvoice: invoice.number, at: Samples.now)
            }
        }
    }

    @Test(
        "one is read anew under a request and a publication of its own, at its job or at a new one",
        arguments: [true, false])
    func redo(keepsRemote: Bool) async throws {
        try await withOutbox { outbox, _ in
            var invoice = try await outbox.taken(Samples.invoice("a"))
            await #expect(throws: OutboxError.self) { try await outbox.askRedo(supplierInvoice: invoice.number) }
            invoice = try await outbox.attempt(invoice, .begun(remoteID: "J-1"), .rejected(Samples.failure))
            try await outbox.chooseName("a.pdf", ofSupplierInvoice: invoice.number)
            try await outbox.filed(supplierInvoice: invoice.number)
            let job = Samples.job("a", request: #"{"again":1}"#, context: "P-2")
            // Nobody asked for it.
            _ = try await outbox.redo(
                supplierInvoice: invoice.number, with: job, keepsRemote: keepsRemote, at: Samples.now)
            #expect(try await outbox.supplierInvoice(invoice.number).state == .failed)
            #expect(try await outbox.askRedo(supplierInvoice: invoice.number).isRedoAsked)
            #expect(try await outbox.supplierInvoices(to: .redo, limit: 9).map(\.number) == [invoice.number])
            let anew = try await outbox.redo(
                supplierInvoice: invoice.number, with: job, keepsRemote: keepsRemote, at: Samples.now + 9)
            #expect(anew.state == .waiting && anew.filedAs == nil && !anew.isFiled && !anew.isCleared)
            #expect(!anew.isRedoAsked && anew.redoneAt == Samples.now + 9 && anew.lastError == nil)
            #expect(anew.context == "P-2" && anew.remoteID == (keepsRemote ? "J-1" : nil))
            let begun = try #require(
                try await outbox.beginJobs(of: .ocrInvoice, at: Samples.now + 9, within: JobLimits(all: 9)).first)
            #expect(String(decoding: begun.request, as: UTF8.self) == #"{"again":1}"#)
            #expect(begun.machine.step == .begin && !begun.machine.mayHaveActed && begun.machine.attempts == 2)
        }
    }

    @Test("one that may have been made without a name is looked for when it is read anew")
    func redoUnknown() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            try await outbox.attempt(
                invoice, .deferred(Samples.failure, until: Samples.now, mayHaveActed: true))
            _ = try await outbox.giveUp(supplierInvoice: invoice.number, at: Samples.now)
            _ = try await outbox.askRedo(supplierInvoice: invoice.number)
            _ = try await outbox.redo(
                supplierInvoice: invoice.number, with: Samples.job("a"), keepsRemote: true, at: Samples.now)
            let job = try #require(
                try await outbox.beginJobs(of: .ocrInvoice, at: Samples.now, within: JobLimits(all: 9)).first)
            #expect(job.machine.mayHaveActed)
        }
    }

    @Test("the attempt that was under way when one was removed and read anew changes nothing of the new one")
    func oldAttempt() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            _ = try await outbox.beginJobs(of: .ocrInvoice, at: Samples.now, within: JobLimits(all: 9))
            _ = try await outbox.giveUp(supplierInvoice: invoice.number, at: Samples.now)
            _ = try await outbox.askRedo(supplierInvoice: invoice.number)
            let anew = try await outbox.redo(
                supplierInvoice: invoice.number, with: Samples.job("a"), keepsRemote: true, at: Samples.now)
            try await outbox.apply([.rejected(Samples.failure)], toJob: invoice.number, at: Samples.now)
            #expect(try await outbox.supplierInvoice(invoice.number) == anew)
        }
    }

    @Test("to ask for a held one says that the account is well again")
    func held() async throws {
        try await withOutbox { outbox, _ in
            let invoice = try await outbox.taken(Samples.invoice("a"))
            try await outbox.setAccount(AccountState(condition: .held, failure: Samples.failure), of: .ocrInvoice)
            let record = try await outbox.askRedo(supplierInvoice: invoice.number)
            #expect(!record.isRedoAsked && record.state == .waiting)
            #expect(try await outbox.account(of: .ocrInvoice) == .up)
        }
    }
}
