import Foundation
import GRDB
import JSON
import Journey
import Sales

/// Whether a sale that was found says the same thing in all the places where it says it.
///
/// SQLite keeps no checksum of a row. But the event stands beside what was computed from it and what was built from it for
/// the provider: a byte that changed in one of them shows. One in a text that is kept once (a note, a tag, the link) does
/// not.
enum SaleProof {
    static func holds(for row: Row) throws -> Bool {
        let record = try row.sale(prints: [])
        let bytes = try row.bytes("event")
        let terms = try row.terms()
        guard case .object(let object)? = try? JSONParser.parse(bytes),
            let defaults = defaults(for: object, terms: terms),
            let event = try? SaleDecoder(defaults: defaults).decode(kept: bytes)
        else { return false }
        let sale = event.sale
        // A link is what makes a registration ready.
        let slimeData = try row.bytes("slime_data")
        let isLinked = record.registration.state != .ready || record.registration.serviceURL != nil
        return event.canonicalBytes == bytes && sale.id == record.id && sale.terminalID == record.terminalID
            && sale.number == record.number && sale.terms == terms && sale.totals == record.totals
            && sale.issuedAt.milliseconds == record.issuedAt.milliseconds && isLinked
            && agrees(slimeData, with: object)
    }

    /// Under which the sale was taken, as far as they matter to its decoding.
    private static func defaults(for event: JSONObject, terms: SaleTerms) -> SaleDefaults? {
        var branch = BranchID("00000")
        if case .object(let customization)? = event["customization"],
            case .string(let text)? = customization["seller_branch_id"]
        {
            branch = BranchID(text)
        }
        // Any theme that is in order: the store's own stands with what was sent.
        let theme: JSONObject = ["id": .string("retail-hatsu"), "color": .string("#000000")]
        return branch.map { SaleDefaults(branchID: $0, theme: theme, terms: terms) }
    }

    /// What the provider is sent has the event's id and document, without what is absent.
    private static func agrees(_ slimeData: [UInt8], with event: JSONObject) -> Bool {
        guard case .object(let data)? = try? JSONParser.parse(slimeData) else { return false }
        return ["transaction_id", "document"].allSatisfy { key in
            guard let sent = data[key], let kept = event[key] else { return data[key] == nil }
            return withoutNulls(sent) == withoutNulls(kept)
        }
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(withoutNulls))
        case .object(let object):
            var result = JSONObject()
            for (key, value) in object.members where !value.isNull { result[key] = withoutNulls(value) }
            return .object(result)
        default: return value
        }
    }
}
