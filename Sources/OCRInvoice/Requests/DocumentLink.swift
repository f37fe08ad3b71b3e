import Foundation

/// A URL under which the service fetches a document. Whoever has it can read the invoice, so nothing shows it.
public struct DocumentLink: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    public static let rule = "an http or https URL with a host, in ASCII"

    let text: String

    /// nil if `text` breaks the ``rule``. The page asks for a URI.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url = URL(string: text),
            ["http", "https"].contains(url.scheme?.lowercased()), url.host().map({ !$0.isEmpty }) ?? false
        else { return nil }
        self.text = text
    }

    public var description: String { "a link" }
    public var debugDescription: String { description }

    /// What a text may quote of it.
    var traces: [String] {
        let parts = URLComponents(string: text)
        let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        return [text, encoded, parts?.percentEncodedPath, parts?.path, parts?.percentEncodedQuery, parts?.query]
            .compactMap(\.self).filter { $0 != "/" }
    }
}

extension DocumentLink: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}
