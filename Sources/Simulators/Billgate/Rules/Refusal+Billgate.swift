/// A refusal as this simulator answers it. The page documents no error: status and body are made up.
extension Refusal {
    func status(_ leeway: BillgateSimulator.Leeway) -> Int { status(forRules: leeway.refusalStatus) }

    /// - Parameter request: to quote; nil for nothing
    func billgateBody(_ status: Int, quoting request: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "status_code": .number(String(status)), "message": .string(message ?? "there is nothing of that id"),
        ]
        members["request"] = request.map(JSONValue.string)
        return .object(members)
    }
}
