import Foundation
import Journey
import Monitoring
import Outbox
import Sales
import TestRuntime
import Testing

@testable import Gateway

extension AlarmMonitorTests {
    private static let reader = MonitoredService(
        .ocrInvoice, title: "OCR Invoice", role: .readsSupplierInvoices, advice: { _ in "Look at the key" })

    private func take(_ mark: Character, in shop: Shop) async throws -> Int64 {
        let digest = String(repeating: mark, count: 64)
        let new = NewSupplierInvoice(
            .init("somchai.pdf", type: "pdf", size: 1, digest: digest),
            job: NewJob(kind: .supplierInvoice, service: .ocrInvoice, key: digest, request: [1]),
            receivedAt: shop.time.now, shownAt: shop.time.shown)
        guard case .new(let invoice) = try await shop.outbox.take(new, atMost: 9) else { throw FixtureError() }
        return invoice.number
    }

    @Test("an invoice that could not be read needs a look, until somebody has had it; no name is told")
    func invoiceFailed() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            func fail(_ mark: Character) async throws {
                let number = try await take(mark, in: shop)
                _ = try await shop.outbox.beginJobs(of: .ocrInvoice, at: shop.time.now, within: JobLimits(all: 9))
                let failure = Failure(code: "OCRInvoice::ReadingFailed", message: "Somchai Ltd.", at: shop.time.now)
                try await shop.outbox.apply([.rejected(failure)], toJob: number, at: shop.time.now)
            }
            try await fail("a")
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .supplierInvoicesFailed && alarm.count == 1 && alarm.service == nil)
            #expect(alarm.text.contains("1 supplier invoice could not be read"))
            #expect(alarm.text.contains("OCRInvoice::ReadingFailed") && alarm.text.contains("kamkap invoices redo"))
            #expect(!alarm.text.lowercased().contains("somchai"))
            try await fail("b")
            #expect(await alarms(alarmMonitor).map(\.count) == [2])
            try await alarmMonitor.acknowledge(.supplierInvoicesFailed, of: nil)
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("an account that is refused is an alarm with what waits for it, and stops no sale")
    func invoicesHeld() async throws {
        try await watch(others: [Self.reader]) { shop, alarmMonitor, _, _ in
            _ = try await take("a", in: shop)
            let failure = Failure(code: "OCRInvoice::401", message: "no", at: shop.time.now)
            try await shop.outbox.setAccount(
                AccountState(condition: .held, failure: failure, since: shop.time.now), of: .ocrInvoice)
            shop.time.advance(by: 3_600)
            let alarm = try #require(await alarms(alarmMonitor).first { $0.code == .accountHeld })
            #expect(alarm.service == "ocr-invoice" && alarm.count == 1)
            #expect(alarm.text.contains("1 supplier invoice cannot be read; sales and papers go on"))
            #expect(alarm.text.contains("Look at the key; then reading goes on by itself"))
        }
    }
}
