import JSON
public import Sales

/// The `data` of the call that makes a sale's transaction, built once for the sale and kept as bytes.
public enum RegistrationData {
    private static let local = ["terminal_id", "receipt", "document_type", "buyer", "due_on"]
    private static let vatTerms = ["vat_included", "vat_rate"]

    /// The event without the members that stay in the store, with its buyer as Slime names it, and with its customization
    /// completed from the store's configuration.
    public static func bytes(for event: SaleEvent) -> [UInt8] {
        let (type, buyer) = (event.sale.documentType, event.sale.buyer.map(BuyerInfo.init))
        var data = JSONObject()
        for (key, value) in event.event.members where !local.contains(key) && !value.isNull {
            guard key == "document", case .object(let document) = value else {
                data[key] = value
                continue
            }
            data[key] = .object(Self.document(document, as: type, for: buyer?.json))
        }
        data["customization"] = .object(customization(event.customization, as: type, for: buyer))
        return JSONValue.object(data).bytes
    }

    /// `null` counts as absent, and Slime's page does not say that it accepts it; a theme's own parameters stay as they
    /// are.
    static func document(_ document: JSONObject, as type: DocumentType, for buyer: JSONObject?) -> JSONObject {
        var result = JSONObject()
        for (key, value) in document.members where !value.isNull {
            if key == "line_items", case .array(let lines) = value {
                result["buyer_info"] = buyer.map { .object($0) }
                result[key] = .array(lines.map { line($0, as: type) })
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// A receipt says nothing of VAT. Any other document says it of each line, also of those of an event that was to get a
    /// receipt.
    private static func line(_ line: JSONValue, as type: DocumentType) -> JSONValue {
        guard case .object(let line) = line else { return line }
        var result = JSONObject()
        for (key, value) in line.members where !value.isNull && (type.hasVAT || key != "vatable") {
            result[key] = value
        }
        if type.hasVAT, result["vatable"] == nil { result["vatable"] = .bool(false) }
        return .object(result)
    }

    private static func customization(
        _ customization: JSONObject, as type: DocumentType, for buyer: BuyerInfo?
    ) -> JSONObject {
        var result = customization
        if !type.hasVAT { for key in vatTerms { result[key] = nil } }
        guard buyer?.isUnstructured == true else { return result }
        var quirks = JSONObject()
        if case .object(let given)? = result["quirks"] { quirks = given }
        quirks["allow_unstructured_address"] = .bool(true)
        result["quirks"] = .object(quirks)
        return result
    }
}
