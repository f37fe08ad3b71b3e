/// The error that a store answers with: `<Error><Code>…</Code>…</Error>` (Amazon S3 API Reference, "Error responses").
struct StoreRefusal: Sendable, Equatable {
    let code: StoreCode
    /// The region that the store wants, where it names one.
    let region: String?

    /// Nil for anything else than such an error with a known code: a portal's page, a proxy's.
    init?(_ body: [UInt8]) {
        guard let text = Self.error(body),
            let code = Self.element("Code", of: text).flatMap(StoreCode.init(rawValue:))
        else { return nil }
        self.code = code
        region = Self.element("Region", of: text).flatMap { Self.isRegion($0) ? $0 : nil }
    }

    /// Whether a body is a store's error at all, with whatever code.
    static func isError(_ body: [UInt8]) -> Bool { error(body).flatMap { element("Code", of: $0) } != nil }

    private static func error(_ body: [UInt8]) -> String? {
        guard let text = String(validating: body, as: UTF8.self),
            text.contains(/<(?:[A-Za-z][A-Za-z0-9._-]*:)?Error[\s>]/)
        else { return nil }
        return text
    }

    /// With any prefix of a namespace, and spaces around.
    private static func element(_ name: String, of text: String) -> String? {
        let prefix = "(?:[A-Za-z][A-Za-z0-9._-]*:)?"
        guard let pattern = try? Regex("<\(prefix)\(name)>\\s*([^<]*?)\\s*</\(prefix)\(name)>"),
            let found = text.firstMatch(of: pattern)?.output[1].substring
        else { return nil }
        return found.isEmpty ? nil : String(found)
    }

    /// Short enough that it is no key, and shaped so that it can stand in a message.
    private static func isRegion(_ text: String) -> Bool {
        let allowed = "abcdefghijklmnopqrstuvwxyz-0123456789"
        return (2...24).contains(text.utf8.count) && text.contains("-") && text.allSatisfy { allowed.contains($0) }
    }
}
