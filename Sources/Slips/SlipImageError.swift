/// Why a file is not taken as the picture of a slip.
public struct SlipImageError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing, or no picture at all.
        case noPicture
        /// A picture, but not of the kind that its sender says, or of a kind that nobody reads here.
        case otherKind
        /// It ends in the middle.
        case cutShort
        /// Its structure is not that of its kind.
        case damaged
        /// It declares more pixels than a slip has, and would unpack to more memory than a reader has.
        case tooManyPixels
        /// It moves.
        case animated
    }

    public let code: Code
    /// What was found and what was expected; for people.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}

extension SlipImageError {
    static func cutShort(_ kind: String) -> SlipImageError {
        SlipImageError(.cutShort, "the \(kind) ends in the middle: it did not come whole")
    }

    static func damaged(_ kind: String, _ what: String) -> SlipImageError {
        SlipImageError(.damaged, "the \(kind) is damaged: \(what)")
    }
}
