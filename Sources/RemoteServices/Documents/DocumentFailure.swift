/// Why a question about documents or transactions brought no answer.
public struct DocumentFailure: Error, Sendable, Equatable {
    /// What it means for the one who asked, whatever words the provider has for it.
    public enum Kind: Sendable, Equatable {
        /// There is no such document or transaction.
        case absent
        /// The file is not made yet: ask again soon.
        case notYet
        /// The continuation token is not accepted any more: go back in the stream.
        case tokenRefused
        /// The file came, and is not what it has to be: no PDF, no XML, too long, another size. Or its location is one that
        /// may not be called.
        case unusableFile
        /// Everything else: ``DocumentFailure/failure`` says what, and whether to try again.
        case failed
    }

    public let kind: Kind
    /// Its message may quote what was sent: for staff, never for a log. It names no location.
    public let failure: ServiceFailure

    public init(_ kind: Kind, _ failure: ServiceFailure) {
        self.kind = kind
        self.failure = failure
    }

    /// A file that was not fetched, or not taken. It says nothing of the provider, only of the file or of its host.
    ///
    /// - Parameter isOfTheFile: whether the file or its location is at fault.
    public init(ofFile code: String, _ message: String, isOfTheFile: Bool) {
        self.init(
            isOfTheFile ? .unusableFile : .failed, ServiceFailure(code: code, message: message, disposition: .retry))
    }
}
