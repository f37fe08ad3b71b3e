/// What is read in an image.
public struct SlipScript: Sendable, Equatable {
    /// The `result` of its item, as JSON; nil leaves the member out.
    public private(set) var result: String?
    public var itemStatus = "COMPLETED"
    public var jobStatus = "COMPLETED"
    /// How many items the job has in place of one.
    public var items = 1
    /// How often the job is PENDING; nil: as often as others.
    public var pendingPolls: Int?

    /// The page's example.
    public static let usual = SlipScript(amount: "1500.00")

    /// Throws `SimulatorError` for a text that is no JSON.
    public init(result: String?) throws(SimulatorError) {
        self.result = result
        guard let result else { return }
        do throws(JSONReader.Fault) { _ = try JSONReader.read(Array(result.utf8)) } catch {
            throw SimulatorError(.refused, "result: \(error.message)")
        }
    }

    /// - Parameters:
    ///   - amount: as it stands in the JSON: `1500.00`, `"1,500.00"`, `null`; nil leaves it out, as nil leaves out the
    ///     others
    public init(
        amount: String?, date: String? = "2026-03-18", bank: String? = "กสิกรไทย", from: String? = "xxx-x-x1234-x",
        to: String? = "xxx-x-x5678-x"
    ) {
        let texts = [("bank", bank), ("date", date), ("fromAccount", from), ("toAccount", to)]
        var members = texts.compactMap { name, text in
            text.map { #""\#(name)":\#(String(decoding: JSONValue.string($0).bytes, as: UTF8.self))"# }
        }
        if let amount { members.append(#""amount":\#(amount)"#) }
        result = "{\(members.joined(separator: ","))}"
    }

    var itemsJSON: [JSONValue] {
        var members: [String: JSONValue] = ["status": .string(itemStatus)]
        members["result"] = result.flatMap { try? JSONReader.read(Array($0.utf8)) }
        return Array(repeating: .object(members), count: items)
    }
}
