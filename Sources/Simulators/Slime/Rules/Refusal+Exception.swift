/// A refusal as an exception of the API page.
extension Refusal {
    static let idTaken = Refusal(code: "Trade::Initiated", message: "the transaction_id is taken")

    /// The body of the 422.
    var body: JSONValue {
        var exception: [String: JSONValue] = ["code": .string(code)]
        if let message { exception["message"] = .string(message) }
        if let path { exception["metadata"] = .object(["path": .string(path)]) }
        return .object(["exception": .object(exception)])
    }
}
