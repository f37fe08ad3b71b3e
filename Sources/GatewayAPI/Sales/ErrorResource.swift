public import Foundation

/// What went wrong last.
public struct ErrorResource: WireResource {
    public var code = ""
    public var message = ""
    public var at = Date.distantPast

    public init() {}

    public init(code: String, message: String, at: Date) {
        self.code = code
        self.message = message
        self.at = at
    }

    public static let fields: [WireField<ErrorResource>] = [
        .field("code", \.code), .field("message", \.message), .field("at", \.at),
    ]
}
