/// The error that a store answers with: `<Error><Code>…</Code>…</Error>` (Amazon S3 API Reference, "Error responses").
struct StoreRefusal: Sendable, Equatable {
    let code: StoreCode
    /// The region that the store wants, where it names one.
    let region: String?

    /// Nil for anything else than such an error with a known code: a portal's page, a proxy's.
    init?(_ body: [UInt8]) {
        guard let text = String(validating: body, as: UTF8.self), text.contains("<Error"),
            let code = Self.element("Code", of: text).flatMap({ StoreCode(rawValue: String($0)) })
        else { return nil }
        self.code = code
        region = Self.element("Region", of: text).map(String.init).flatMap { Self.isRegion($0) ? $0 : nil }
    }

    private static func element(_ name: String, of text: String) -> Substring? {
        guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
            let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound
        else { return nil }
        return text[start..<end]
    }

    /// Short enough that it is no key, and shaped so that it can stand in a message.
    private static func isRegion(_ text: String) -> Bool {
        let allowed = "abcdefghijklmnopqrstuvwxyz-0123456789"
        return (2...24).contains(text.utf8.count) && text.contains("-") && text.allSatisfy { allowed.contains($0) }
    }
}
