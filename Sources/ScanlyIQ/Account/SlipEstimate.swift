import JSON

/// What slips take, as the service estimates it.
public struct SlipEstimate: Sendable, Equatable {
    /// Of the model that reads.
    public let model: String
    /// For one slip.
    public let credits: Int
    public let balance: Int

    public var isSufficient: Bool { balance >= credits }

    public init(model: String, credits: Int, balance: Int) {
        self.model = model
        self.credits = credits
        self.balance = balance
    }
}

extension SlipEstimate {
    /// nil for an answer without figures.
    init?(_ answer: JSONObject, _ model: ScanlyIQModel) {
        guard let credits = answer.credits("estimatedCredits", .up),
            let balance = answer.credits("currentBalance", .down)
        else { return nil }
        self.init(model: answer.text("modelName") ?? model.name, credits: credits, balance: balance)
    }
}
