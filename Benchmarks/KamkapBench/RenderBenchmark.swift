import Foundation
import Printing
import Raster
import Receipts
import Sales

/// One receipt from its sale to the bytes for the printer.
struct RenderBenchmark {
    let rounds: Int

    func run() async throws -> String {
        let document = try sample()
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        let encoder = ESCPOS()
        let url =
            "https://app.thai-document.slime.systems/projects/1234/trading-document-interface/"
            + "TEST-TRANSACTION-0001-0000-00/0123456789abcdef0123456789abcdef"
        var wall: [Double] = []
        var bytes = 0
        // The first paper reads the fonts.
        _ = try await typesetter.paper(for: document, claim: .url(url))
        let begunCPU = Self.processorTime()
        for _ in 0..<rounds {
            let begun = ContinuousClock.now
            bytes = encoder.image(try await typesetter.paper(for: document, claim: .url(url))).count
            wall.append((ContinuousClock.now - begun).inMilliseconds)
        }
        let cpu = (Self.processorTime() - begunCPU) / Double(rounds)
        return "  wall  \(Distribution(wall))\n  CPU   \(String(format: "%.2f ms a receipt", cpu)), \(bytes) bytes"
    }

    /// Milliseconds of the whole process.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }

    private func sample() throws -> ReceiptDocument {
        let names = ["กาแฟลาเต้เย็น แก้วใหญ่", "น้ำดื่ม 600 มล.", "ข้าวผัดกะเพราหมูสับไข่ดาว", "ครัวซองต์เนยสดอบใหม่ทุกเช้า"]
        let items = (0..<20).map { index in
            """
            {"name":"\(names[index % names.count])","unit_price":"\(20 + index).50","quantity":"\(1 + index % 3)","vatable":true}
            """
        }
        let text = """
            {"transaction_id":"BENCH","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[\(items.joined(separator: ","))]},
            "terminal_id":"POS-01","receipt":{"number":"0001234","cashier":"สมหญิง"}}
            """
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"), let taxID = TaxID("0105561000003")
        else {
            throw BenchmarkError("the sample store is not valid")
        }
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate))
        let event = try SaleDecoder(defaults: defaults).decode(Array(text.utf8), receivedAt: Date())
        let store = StoreIdentity(
            name: "ร้านตัวอย่าง", taxID: taxID, branchID: branch, address: ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"],
            phone: "02-000-0000")
        return ReceiptDocument(sale: event.sale, store: store)
    }
}
