import Glibc

/// A small file in a folder by which the folder is known again: at the same path may be another disk one day, or none.
public struct FolderMark: Sendable {
    private static let longest = 1_024

    public let place: FilePlace

    public init(_ place: FilePlace) {
        self.place = place
    }

    /// Its text without white space around it; nil if there is no such file.
    public func text() async throws(HostError) -> String? {
        try await BlockingWork.run { () throws(HostError) in try found() }
    }

    /// Writes the file if it is missing or empty. Returns the text that it has then, which may be another's.
    public func make(_ text: String) async throws(HostError) -> String {
        try await BlockingWork.run { () throws(HostError) in
            let old = try found()
            if let old, !old.isEmpty { return old }
            let draft = DurableFile.draft(in: place.folder)
            do throws(HostError) {
                try DurableFile.fill(draft, with: Array("\(text)\n".utf8), access: .ownerOnly)
                let outcome = old == nil ? DurableFile.renamed(draft, place) : replaced(by: draft)
                guard outcome == 0 || outcome == EEXIST else { throw .refused("write \(place)", errno: outcome) }
                if outcome == EEXIST { unlink(draft.path) }
                try DurableFile.sync(folder: place.folder)
            } catch {
                unlink(draft.path)
                throw error
            }
            return try found() ?? ""
        }
    }

    private func replaced(by draft: FilePlace) -> CInt { rename(draft.path, place.path) == 0 ? 0 : errno }

    private func found() throws(HostError) -> String? {
        do throws(HostError) {
            let bytes = try DurableFile.contents(of: place, maxBytes: Self.longest).bytes
            let isSpace: (UInt8) -> Bool = { $0 <= UInt8(ascii: " ") }
            let inner = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            return String(decoding: inner, as: UTF8.self)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }
}
