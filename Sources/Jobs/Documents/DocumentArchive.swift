public import Foundation
public import Sales

/// Where the files of documents are kept. A file stands in it whole and checked, or not at all.
public protocol DocumentArchive: Sendable {
    /// Whether the file is there already. Throws if a file that is not could not be written now.
    func holds(_ file: ArchivedFile) async throws(ArchiveError) -> Bool
    /// Keeps a file that was checked; it is on the disk when this returns.
    func keep(_ bytes: [UInt8], as file: ArchivedFile) async throws(ArchiveError)
    /// Nil if it is not there.
    func read(_ file: ArchivedFile) async throws(ArchiveError) -> [UInt8]?
    /// Why nothing is kept now; nil while files are.
    var trouble: ArchiveTrouble? { get }
}

/// A file, and the month that it belongs to.
public struct ArchivedFile: Sendable, Hashable {
    public let file: DocumentFile
    /// When its document was made; nil if the provider does not say.
    public let readiedAt: Date?

    public init(_ file: DocumentFile, readiedAt: Date?) {
        self.file = file
        self.readiedAt = readiedAt
    }
}

/// Why the archive keeps nothing, and for how long.
public struct ArchiveTrouble: Sendable, Equatable {
    public let error: ArchiveError
    /// By a clock that does not step.
    public let lasting: Duration

    public init(_ error: ArchiveError, lasting: Duration) {
        self.error = error
        self.lasting = lasting
    }
}

/// Why the archive took or gave no file.
public struct ArchiveError: Error, Sendable, Equatable {
    public enum Code: String, Sendable {
        /// Too little room is left on its disk.
        case full = "Gateway::ArchiveFull"
        /// The folder is gone, or this user may not write there, or the disk is faulty.
        case unwritable = "Gateway::ArchiveUnwritable"
    }

    public let code: Code
    /// What happened, for people.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
