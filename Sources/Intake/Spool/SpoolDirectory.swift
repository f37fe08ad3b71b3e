import FaultPoints
import GatewayAPI
import Host
import JSON

/// The three folders of a spool: tills put files into `incoming`, the gateway moves them on.
struct SpoolDirectory: Sendable {
    struct Entry: Sendable {
        let name: FileName
        let state: FileState
        /// Why the gateway ignores it; nil for a sale.
        let isLeftBecause: String?
    }

    /// The explanation of `NAME.json` is `NAME.problem.json`.
    private static let explanation = ".problem.json"
    /// The most bytes of a name whose explanation's name is not too long.
    private static let longestName = FileName.longest - explanation.utf8.count + ".json".utf8.count
    /// Only files of the same moment can collide.
    private static let mostRaces = 100

    let incoming: String
    let accepted: String
    let rejected: String

    private let root: String
    private let mode: UInt32
    private let group: String?
    /// For settled files.
    private let access: FileAccess

    /// Makes missing folders.
    ///
    /// - Parameters:
    ///   - mode: of `incoming`, with `group`. If it admits the group, the group may read the other two, and nobody else
    ///     may.
    init(root: String, mode: UInt32, group: String?) throws(HostError) {
        self.root = root
        self.mode = mode
        self.group = group
        incoming = root + "/incoming"
        accepted = root + "/accepted"
        rejected = root + "/rejected"
        access = try FileAccess(mode: Self.isForGroup(mode) ? 0o640 : 0o600, group: group)
        try make()
    }

    func make() throws(HostError) {
        try Folder.make(root, mode: 0o755, group: nil)
        try Folder.make(incoming, mode: mode, group: group)
        for folder in [accepted, rejected] {
            try Folder.make(folder, mode: Self.isForGroup(mode) ? 0o750 : 0o700, group: group)
        }
    }

    /// Somebody may have removed the folders to which the gateway moves files.
    func makeMissing() throws(HostError) {
        guard [incoming, accepted, rejected].allSatisfy(Folder.exists) else { return try make() }
    }

    private static func isForGroup(_ mode: UInt32) -> Bool { mode & 0o070 != 0 }

    /// The entries of `incoming`, ordered by name.
    func entries() async throws(HostError) -> [Entry] {
        try await Folder.list(incoming).compactMap(Self.entry)
    }

    /// Nil if it has been moved by now.
    func entry(_ name: FileName) async throws(HostError) -> Entry? {
        try await Folder.item(place(name)).flatMap(Self.entry)
    }

    /// A till's drafts (`.tmp-…`) are ignored silently.
    private static func entry(_ item: Folder.Item) -> Entry? {
        if item.name.hasPrefix(".tmp-") { return nil }
        let reason: String? =
            if item.name.hasPrefix(".") {
                "its name begins with a dot"
            } else if !item.name.hasEnding("json") {
                "its name does not end in .json"
            } else if item.kind != .file {
                "it is not a regular file"
            } else {
                nil
            }
        return Entry(name: item.name, state: item.state, isLeftBecause: reason)
    }

    func place(_ name: FileName) -> FilePlace { FilePlace(incoming, name) }

    func read(_ name: FileName, maximum: Int) async throws(HostError) -> DurableFile.Contents {
        try await DurableFile.read(place(name), maxBytes: maximum)
    }

    /// - Parameter state: the file whose sale is kept.
    func accept(_ name: FileName, _ state: FileState) async throws(HostError) {
        _ = try await DurableFile.move(
            place(name), to: FilePlace(accepted, name), ifStill: state, access: access)
    }

    /// The explanation is on the disk before the file is beside it: killed at any moment, no rejected file is without
    /// one. If names are taken, both get the same number.
    func reject(_ name: FileName, _ state: FileState, because problem: Problem) async throws(HostError) {
        for _ in 0..<Self.mostRaces {
            let target = try await DurableFile.free(FilePlace(rejected, name), longest: Self.longestName) {
                [$0, Self.explanation(of: $0)]
            }
            let explanation = Self.explanation(of: target)
            do {
                _ = try await DurableFile.write(problem.json.bytes, to: explanation, access: access)
            } catch {
                guard error.code == .alreadyExists else { throw error }
                continue
            }
            FaultPoint.spoolExplained.pass()
            do {
                _ = try await DurableFile.move(
                    place(name), to: target, collision: .refuse, ifStill: state, access: access)
                return
            } catch {
                // It explains nothing.
                try? await DurableFile.remove(explanation)
                if error.code != .alreadyExists { throw error }
            }
        }
        throw HostError(.alreadyExists, "Others took every name like \(name) in \(rejected) while it was moved.")
    }

    private static func explanation(of file: FilePlace) -> FilePlace {
        FilePlace(file.folder, file.name.replacingEnding(by: explanation))
    }

    /// Removes explanations of files that never came: left by a gateway that was killed between the two steps. The file
    /// is still in `incoming`, and is judged again.
    func removeLeftovers() async throws(HostError) {
        let settled = try await Folder.list(rejected).map(\.name)
        let explained = Set(settled.map(\.stem))
        let owed = Set(try await Folder.list(incoming).map { $0.name.numbered(0, longest: Self.longestName).stem })
        for name in settled where name.hasSuffix(Self.explanation) {
            let stem = Array(name.bytes.dropLast(Self.explanation.utf8.count))
            guard !explained.contains(stem), owed.contains(stem) || owed.contains(Self.withoutNumber(stem)) else {
                continue
            }
            // A till's own file may have such a name; it is kept like any other.
            let place = FilePlace(rejected, name)
            guard let bytes = try? await DurableFile.read(place, maxBytes: 4 << 20).bytes,
                let json = try? JSONParser.parse(bytes), (try? Problem(json: json)) != nil
            else { continue }
            try await DurableFile.remove(place)
        }
    }

    private static func withoutNumber(_ stem: [UInt8]) -> [UInt8] {
        let digits = stem.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let rest = stem.dropLast(digits.count)
        return !digits.isEmpty && rest.last == UInt8(ascii: "-") ? Array(rest.dropLast()) : stem
    }
}
