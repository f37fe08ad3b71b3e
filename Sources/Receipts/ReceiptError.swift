/// Why a paper could not be made.
public struct ReceiptError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// The font of the settings is not installed.
        case fontMissing
        /// No receipt can be laid out on paper of this width.
        case paperWidth
        /// The paper would be longer than any roll.
        case paperTooLong
        /// The link does not fit on this paper as a QR that a phone reads.
        case qrTooLong
        /// Pango, cairo or libqrencode could not do it; the message has their text.
        case drawing
    }

    public let code: Code
    /// What happened, what was expected and what to do.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
