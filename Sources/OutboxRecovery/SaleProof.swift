import Foundation
import GRDB
import JSON
import Outbox
import Sales

/// Whether a recovered sale says the same in all the places where it says it.
///
/// SQLite keeps no checksum of a row. But the event is stored beside what was computed from it, and a job has the
/// request that was built from it (``RequestProof``): a byte that changed in one of them shows. One in a text that is
/// stored once (a note, a tag, a link) does not.
enum SaleProof {
    static func holds(for row: Row) throws -> Bool {
        let bytes = try row.bytes("event")
        let terms = try row.terms()
        guard let object = event(bytes), let defaults = defaults(for: object, terms: terms),
            let event = try? SaleDecoder(defaults: defaults).decode(kept: bytes)
        else { return false }
        let sale = event.sale
        return try event.canonicalBytes == bytes && sale.id == row.transactionID()
            && sale.terminalID == row.optional("terminal_id") && sale.number == row.required("number")
            && sale.terms == terms && sale.totals == row.totals()
            && sale.issuedAt.milliseconds == row.required("issued_at")
            && BangkokDay(of: sale.issuedAt).number == row.required("issued_day")
            && sale.documentType.rawValue == row.required("document_type")
            && sale.dueOn?.text == row.optional("due_on")
    }

    static func event(_ bytes: [UInt8]) -> JSONObject? {
        guard case .object(let object)? = try? JSONParser.parse(bytes) else { return nil }
        return object
    }

    /// The terms under which the sale was taken, as far as they matter to its decoding.
    private static func defaults(for event: JSONObject, terms: SaleTerms) -> SaleDefaults? {
        var branch = BranchID("00000")
        if case .object(let customization)? = event["customization"],
            case .string(let text)? = customization["seller_branch_id"]
        {
            branch = BranchID(text)
        }
        // Any valid theme: the request has the store's own.
        let theme: JSONObject = ["id": .string("retail-hatsu"), "color": .string("#000000")]
        return branch.map { SaleDefaults(branchID: $0, theme: theme, terms: terms) }
    }
}
