import Host

/// Why a document could not be read, kept or filed.
public struct SupplierFolderError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The disk is full.
        case full
        /// There is no such file.
        case missing
        /// The system refuses.
        case unusable
    }

    public let code: Code
    /// What happened; for people.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    init(_ error: HostError) {
        let code: Code =
            switch error.code {
            case .diskFull: .full
            case .notFound: .missing
            default: .unusable
            }
        self.init(code, error.message)
    }
}
