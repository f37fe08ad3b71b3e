package import Foundation
import JSON
package import Journey
package import Outbox
package import Sales

/// A folder of its own for one test, gone afterwards.
package func withTemporaryFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-outbox-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// An outbox on a real file.
package func withOutbox<Value>(_ body: (Outbox, String) async throws -> Value) async throws -> Value {
    try await withTemporaryFolder { folder in
        let path = folder.appendingPathComponent("outbox.sqlite").path
        let outbox = try Outbox(path: path)
        let value = try await body(outbox, path)
        try outbox.close()
        return value
    }
}

package struct FixtureError: Error {
    package init() {}
}

package enum Fixture {
    package static let now = Date(timeIntervalSince1970: 1_796_000_000)

    package static func defaults(rounding: RoundingRule = .line) throws -> SaleDefaults {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07") else { throw FixtureError() }
        return SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: rounding))
    }

    package static func event(
        _ id: String, price: String = "15", lines: Int = 1, rounding: RoundingRule = .line, extra: String = ""
    ) throws -> SaleEvent {
        let line = #"{"name":"ข้าวโพดปิ้ง","unit_price":"\#(price)","quantity":"8","vatable":true}"#
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            \(Array(repeating: line, count: lines).joined(separator: ","))]},"terminal_id":"POS-01"\(extra)}
            """
        return try SaleDecoder(defaults: defaults(rounding: rounding)).decode(Array(text.utf8), receivedAt: now)
    }

    /// An event with a buyer.
    package static func buyerEvent(_ id: String) throws -> SaleEvent {
        try event(
            id,
            extra: """
                ,"buyer":{"name":"สมชาย ใจดี","national_id":"1111111111119",\
                "address":{"house_number":"1","tambon_id":"103301","post_code":"10110"}}
                """)
    }

    package static func sale(
        _ id: String, price: String = "15", receivedAt: Date = now, liveFor: TimeInterval = 3,
        printer: String? = "front", rounding: RoundingRule = .line, priority: Priority = .till
    ) throws -> NewSale {
        NewSale(
            event: try event(id, price: price, rounding: rounding), registration: job(id), printer: printer,
            arrival: .init(from: "uid=1000", priority, at: receivedAt, liveUntil: receivedAt + liveFor))
    }

    package static func sale(_ event: SaleEvent, request: [UInt8], printer: String?) -> NewSale {
        NewSale(
            event: event, registration: job(event.sale.id.text, request: request), printer: printer,
            arrival: .init(from: "uid=1000", at: now, liveUntil: now + 3))
    }

    package static func job(_ key: String, request: [UInt8]? = nil, context: String? = nil) -> NewJob {
        NewJob(
            kind: .registration, service: .slime, key: key,
            request: request ?? Array("{\"id\":\"\(key)\"}".utf8), context: context)
    }

    package static func id(_ text: String) throws -> TransactionID {
        guard let id = TransactionID(text) else { throw FixtureError() }
        return id
    }
}

extension Outbox {
    /// Accepts a sale that is new, and gives its record.
    package func accepted(_ new: NewSale) async throws -> SaleRecord {
        guard case .new(let record) = try await accept(new) else { throw FixtureError() }
        return record
    }
}
