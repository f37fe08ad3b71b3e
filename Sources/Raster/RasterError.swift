/// Why a picture could not be read or written.
public struct RasterError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// There are no dots to write: the width or the height is 0.
        case empty
        /// The bytes are no PNG, or a broken one.
        case notPNG
        /// The picture has more dots than the caller allows.
        case tooLarge
        /// Cairo could not do it; `message` has its text.
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
