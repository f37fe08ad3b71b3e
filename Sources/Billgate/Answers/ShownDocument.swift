import JSON
import Sales

/// A document as Billgate shows it, as far as we use it.
struct ShownDocument: Sendable, Equatable {
    /// The link for the paper; nil if the answer has none. `pdf_url` is none: it is a file, and may hold a tax number.
    let link: String?
    let total: ProviderTotal?

    init(_ answer: JSONObject) {
        link = answer.text("shareable_url")
        let total = answer["total"].flatMap(ProviderTotal.init(billgate:))
        let subtotal = answer["subtotal"].flatMap(ProviderTotal.init(billgate:))
        // The page's own examples have a total of 0 beside a subtotal.
        let saysNothing = total == .amount(.zero) && subtotal != nil && subtotal != .amount(.zero)
        self.total = saysNothing ? nil : total
    }
}

extension ProviderTotal {
    /// To the satang: what a binary fraction adds far behind the point is no difference. nil if the answer does not say.
    init?(billgate value: JSONValue) {
        guard !value.isNull else { return nil }
        guard case .number(let number) = value else {
            self = .unreadable
            return
        }
        let parts = number.text.split(separator: ".", maxSplits: 1)
        let digits =
            parts.count == 2 && !parts[1].contains { $0 == "e" || $0 == "E" }
            ? "\(parts[0]).\(parts[1].prefix(12))" : number.text
        self = ExactAmount(digits).map { .amount($0.rounded) } ?? .unreadable
    }
}
