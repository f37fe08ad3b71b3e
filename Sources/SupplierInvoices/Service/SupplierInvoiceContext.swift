public import Foundation
import JSON

/// What is kept with a job beside its request: how its document is published.
public struct SupplierInvoiceContext: Sendable, Equatable {
    public let name: PublicationName
    /// Until when its link works, in counted time; nil while it has none.
    public private(set) var until: Date?
    /// When the service had finished the run before, in its words; nil for the first run.
    public private(set) var earlier: String?

    /// In milliseconds.
    private static let times = 0...1e14

    public init(name: PublicationName = .random()) {
        self.name = name
    }

    /// Nil for a text that is none.
    public init?(_ text: String?) {
        guard let text, case .object(let json)? = try? JSONParser.parse(Array(text.utf8)),
            case .string(let name)? = json[Key.name], let name = PublicationName(name)
        else { return nil }
        self.name = name
        // What is no time at all is as good as none: it is published again.
        if case .number(let number)? = json[Key.until], let milliseconds = Double(number.text),
            Self.times.contains(milliseconds)
        {
            until = Date(timeIntervalSince1970: milliseconds / 1_000)
        }
        if case .string(let earlier)? = json[Key.earlier] { self.earlier = earlier }
    }

    public var text: String {
        var json: JSONObject = [Key.name: .string(name.text)]
        if let until { json[Key.until] = .number(JSONNumber(Int((until.timeIntervalSince1970 * 1_000).rounded()))) }
        json[Key.earlier] = earlier.map(JSONValue.string)
        return String(decoding: JSONValue.object(json).bytes, as: UTF8.self)
    }

    func published(until end: Date, after earlier: String?) -> SupplierInvoiceContext {
        var context = self
        (context.until, context.earlier) = (end, earlier)
        return context
    }

    /// Its document is published anew.
    var withoutLink: SupplierInvoiceContext {
        var context = self
        context.until = nil
        return context
    }

    private enum Key {
        static let (name, until, earlier) = ("name", "until", "earlier")
    }
}
