import Foundation

/// Takes a person out of what a service says of a request. A refusal may quote what was refused, and staff read refusals in
/// lists.
public struct TextMask: Sendable {
    public static let sign = "…"
    /// Shorter values, such as a floor, stand in too many words.
    private static let shortest = 3

    /// The longest first: a name may be part of another value.
    private let values: [String]

    /// - Parameter values: what the request says of the person.
    public init(_ values: some Sequence<String>) {
        self.values = Set(values.filter { $0.unicodeScalars.count >= Self.shortest }).sorted {
            ($0.unicodeScalars.count, $0) > ($1.unicodeScalars.count, $1)
        }
    }

    /// The text without the values, and without what may be one of them in another spelling: long numbers, e-mail addresses,
    /// letters as escapes.
    public func masked(_ text: String) -> String {
        let bare = values.reduce(text) {
            $0.replacingOccurrences(of: $1, with: Self.sign, options: .caseInsensitive)
        }
        return bare.replacing(#/(\\u[0-9A-Fa-f]{4})+|[^\s"'<>]+@[^\s"'<>]+|[0-9][0-9 \-]{3,}[0-9]/#, with: Self.sign)
    }
}
