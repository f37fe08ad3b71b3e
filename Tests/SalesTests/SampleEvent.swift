import Foundation
import JSON
import Testing

@testable import Sales

/// A sale as a till sends it, with every member there is, and what becomes of it when one is changed.
enum SampleEvent {
    /// When the gateway receives it, unless a test says otherwise: five seconds after it was settled.
    static let receivedAt = Date(timeIntervalSince1970: 1_795_144_505)

    static let text = """
        {
          "transaction_id": "00001-POS01-20261120-0001",
          "document": {
            "ref": "R/1", "issued_at": "2026-11-20T10:15:00+07:00", "theme_parameters": {"any": [1.5, {"thing": null}]},
            "line_items": [
              {"product_id": "SKU_1/a", "name": "ข้าวโพดปิ้ง", "description": "หวาน", "unit_price": "15",
               "quantity": "8", "unit_code": "C62", "vatable": true},
              {"name": "ข้าวสาร", "unit_price": "220", "quantity": "1", "vatable": false}
            ]
          },
          "customization": {
            "theme": {"id": "retail-hatsu", "color": "#cd0c2b", "own": 1}, "seller_branch_id": "00000",
            "vat_included": true, "vat_rate": "0.07", "quirks": {"allow_unstructured_address": true, "own": 2}
          },
          "tags": ["order:314159", "online"],
          "terminal_id": "POS-01",
          "receipt": {
            "number": "0001234", "cashier": "สมหญิง",
            "payments": [{"method": "cash", "amount": "300"}, {"method": "card", "amount": "120"}],
            "change": "80", "rounding": "0", "total": "340.00", "rounding_rule": "line", "notes": ["โต๊ะ 12"],
            "print": true, "printer": "front"
          }
        }
        """

    /// The event with the value at each pointer replaced by JSON, added, or, for nil, taken away.
    static func bytes(changing changes: [(pointer: String, json: String?)] = []) throws -> [UInt8] {
        var event = try JSONParser.parse(Array(text.utf8))
        for (pointer, json) in changes {
            let value = try json.map { try JSONParser.parse(Array($0.utf8)) }
            event = try changed(event, at: pointer.split(separator: "/").map(String.init)[...], to: value)
        }
        return event.bytes
    }

    static func decoder(
        branch: String = "00000", vatIncluded: Bool = true, rate: String = "0.07", rounding: RoundingRule = .line,
        theme: JSONObject? = nil
    ) throws -> SaleDecoder {
        let terms = SaleTerms(
            vatIncluded: vatIncluded, vatRate: try #require(DecimalNumber(rate)), rounding: rounding)
        let theme = theme ?? ["id": .string("retail-hatsu"), "color": .string("#000000")]
        return SaleDecoder(
            defaults: SaleDefaults(branchID: try #require(BranchID(branch)), theme: theme, terms: terms))
    }

    static func decode(changing changes: [(pointer: String, json: String?)] = []) throws -> SaleEvent {
        try decoder().decode(bytes(changing: changes), receivedAt: receivedAt)
    }

    /// Every fault of the changed event; none where it is a sale.
    static func faults(
        changing changes: [(pointer: String, json: String?)], by decoder: SaleDecoder? = nil
    ) throws -> [SaleFault] {
        try faults(of: bytes(changing: changes), by: decoder)
    }

    static func faults(of bytes: [UInt8], by decoder: SaleDecoder? = nil) throws -> [SaleFault] {
        let decoder = try decoder ?? self.decoder()
        do {
            _ = try decoder.decode(bytes, receivedAt: receivedAt)
            return []
        } catch SaleRejection.invalid(let faults) {
            return faults
        }
    }

    private static func changed(
        _ value: JSONValue, at steps: ArraySlice<String>, to new: JSONValue?
    ) throws -> JSONValue {
        guard let step = steps.first else { return try #require(new) }
        let rest = steps.dropFirst()
        switch value {
        case .object(var object):
            object[step] = rest.isEmpty ? new : try changed(object[step] ?? .object([:]), at: rest, to: new)
            return .object(object)
        case .array(var values):
            let index = try #require(Int(step))
            values[index] = try changed(values[index], at: rest, to: new)
            return .array(values)
        default:
            return try changed(.object([:]), at: steps, to: new)
        }
    }
}
