/// A refusal as this simulator answers it. The page documents no error: status and message are made up.
extension Refusal {
    /// The status that a refusal is answered with; 200 for one that only the envelope tells.
    func status(_ leeway: SupplierOCRSimulator.Leeway) -> Int { status(forRules: leeway.refusalStatus) }

    /// - Parameter request: to quote; nil for nothing
    func envelope(quoting request: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "success": .bool(false), "message": .string(message ?? "OCR invoice job not found"),
        ]
        members["request"] = request.map(JSONValue.string)
        return .object(members)
    }
}
