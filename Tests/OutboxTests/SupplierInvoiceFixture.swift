import Foundation
import Journey
import Outbox
import Sales
import TestOutbox

/// Invoices of suppliers for an outbox of a test.
enum SupplierInvoiceFixture {
    static let service = ServiceName.ocrInvoice
    static let now = Fixture.now
    static let failure = Failure(code: "OCRInvoice::ReadingFailed", message: "Somchai Ltd.", at: now)

    /// - Parameter mark: any two with the same are the same bytes.
    static func digest(_ mark: Character) -> String { String(repeating: mark, count: 64) }

    static func invoice(_ mark: Character, named name: String? = nil, at time: Date = now) -> NewSupplierInvoice {
        NewSupplierInvoice(
            .init(name ?? "\(mark).pdf", type: "pdf", size: 1_000, digest: digest(mark)),
            job: job(mark), receivedAt: time, shownAt: time)
    }

    static func job(_ mark: Character, request: String = "{}", context: String = "P-1") -> NewJob {
        NewJob(
            kind: .supplierInvoice, service: service, key: digest(mark), request: Array(request.utf8), context: context)
    }
}

extension Outbox {
    @discardableResult
    func taken(_ new: NewSupplierInvoice) async throws -> SupplierInvoiceRecord {
        guard case .new(let record) = try await take(new, atMost: 100) else { throw FixtureError() }
        return record
    }

    /// An attempt with this outcome.
    @discardableResult
    func attempt(
        _ invoice: SupplierInvoiceRecord, _ events: JobMachine.Event..., at time: Date = SupplierInvoiceFixture.now
    ) async throws -> SupplierInvoiceRecord {
        try await begin(invoice.number, at: time)
        try await apply(events, toJob: invoice.number, at: time)
        return try await supplierInvoice(invoice.number)
    }

    /// As a worker begins one.
    private func begin(_ number: Int64, at time: Date) async throws {
        let due = try await beginJobs(of: SupplierInvoiceFixture.service, at: time, within: JobLimits(all: 99))
        for job in due where job.seq != number { try await apply([.withdrawn], toJob: job.seq, at: time) }
        guard due.contains(where: { $0.seq == number }) else { throw FixtureError() }
    }

    /// Has one read.
    @discardableResult
    func read(_ invoice: SupplierInvoiceRecord) async throws -> SupplierInvoiceRecord {
        try await attempt(invoice, .begun(remoteID: "J-\(invoice.number)"), .done(result: nil))
    }
}
