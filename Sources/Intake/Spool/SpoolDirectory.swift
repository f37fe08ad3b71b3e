import FaultPoints
import GatewayAPI
import Host
import JSON

/// The folders of a spool: tills put files into `incoming`, the gateway moves them on.
struct SpoolDirectory: Sendable {
    struct Entry: Sendable {
        let name: FileName
        let state: FileState
        /// Why the gateway ignores it; nil if it is to be taken.
        let isLeftBecause: String?
    }

    /// Only files of the same moment can collide.
    private static let mostRaces = 100

    let incoming: String
    let accepted: String
    let rejected: String
    /// Nil if `accepted` takes what came before.
    let known: String?

    private let root: String
    /// How the names of its files end, without the dot.
    private let endings: [String]
    private let mode: UInt32
    private let group: String?
    /// For settled files.
    private let access: FileAccess

    /// Makes missing folders.
    ///
    /// - Parameters:
    ///   - endings: of its files' names, without the dot and in small letters.
    ///   - folders: what those beside `incoming` are called.
    ///   - mode: of `incoming`, with `group`. If it admits the group, the group may read the others, and nobody else may.
    init(
        root: String, endings: [String] = ["json"], folders: SpoolFolders = .usual, mode: UInt32, group: String?
    ) throws(HostError) {
        self.root = root
        self.endings = endings
        self.mode = mode
        self.group = group
        incoming = root + "/incoming"
        accepted = "\(root)/\(folders.accepted)"
        rejected = "\(root)/\(folders.rejected)"
        known = folders.known.map { "\(root)/\($0)" }
        access = try FileAccess(mode: Self.isForGroup(mode) ? 0o640 : 0o600, group: group)
        try make()
    }

    func make() throws(HostError) {
        try Folder.make(root, mode: 0o755, group: nil)
        try Folder.make(incoming, mode: mode, group: group)
        for folder in settled {
            try Folder.make(folder, mode: Self.isForGroup(mode) ? 0o750 : 0o700, group: group)
        }
    }

    /// Somebody may have removed the folders to which the gateway moves files.
    func makeMissing() throws(HostError) {
        guard ([incoming] + settled).allSatisfy(Folder.exists) else { return try make() }
    }

    private var settled: [String] { [accepted, rejected] + (known.map { [$0] } ?? []) }

    private static func isForGroup(_ mode: UInt32) -> Bool { mode & 0o070 != 0 }

    /// The entries of `incoming`, ordered by name.
    func entries() async throws(HostError) -> [Entry] {
        try await Folder.list(incoming).compactMap(entry)
    }

    /// Nil if it has been moved by now.
    func entry(_ name: FileName) async throws(HostError) -> Entry? {
        try await Folder.item(place(name)).flatMap(entry)
    }

    /// A till's drafts (`.tmp-…`) are ignored silently.
    private func entry(_ item: Folder.Item) -> Entry? {
        if item.name.hasPrefix(".tmp-") { return nil }
        let reason: String? =
            if item.name.hasPrefix(".") {
                "its name begins with a dot"
            } else if !endings.contains(where: item.name.hasEnding) {
                "its name does not end in .\(endings.joined(separator: ", ."))"
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

    /// Throws `alreadyExists` if a file has that name.
    ///
    /// - Parameter other: its name from now on.
    func accept(_ name: FileName, _ state: FileState, as other: FileName) async throws(HostError) {
        _ = try await DurableFile.move(
            place(name), to: FilePlace(accepted, other), collision: .refuse, ifStill: state, access: access)
    }

    func reject(_ name: FileName, _ state: FileState, because problem: Problem) async throws(HostError) {
        try await settle(name, state, in: rejected, beside: .problem, problem.json)
    }

    /// - Parameter note: says under which name the content came before.
    func acceptKnown(_ name: FileName, _ state: FileState, _ note: JSONValue) async throws(HostError) {
        try await settle(name, state, in: known ?? accepted, beside: .duplicate, note)
    }

    /// The note is on the disk before the file is beside it: killed at any moment, no such file is without one. If names
    /// are taken, both get the same number.
    private func settle(
        _ name: FileName, _ state: FileState, in folder: String, beside note: SpoolNote, _ json: JSONValue
    ) async throws(HostError) {
        for _ in 0..<Self.mostRaces {
            let target = try await DurableFile.free(FilePlace(folder, name), longest: longestName(beside: note)) {
                [$0, Self.place(of: note, beside: $0)]
            }
            let explanation = Self.place(of: note, beside: target)
            do {
                _ = try await DurableFile.write(json.bytes, to: explanation, access: access)
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
        throw HostError(.alreadyExists, "Others took every name like \(name) in \(folder) while it was moved.")
    }

    /// The most bytes of a name whose note's name is not too long.
    private func longestName(beside note: SpoolNote) -> Int {
        FileName.longest - note.rawValue.utf8.count + 1 + (endings.map(\.utf8.count).min() ?? 0)
    }

    private static func place(of note: SpoolNote, beside file: FilePlace) -> FilePlace {
        FilePlace(file.folder, file.name.replacingEnding(by: note.rawValue))
    }

    /// Removes notes of files that never came: left by a gateway that was killed between the two steps. The file is still
    /// in `incoming`, and is judged again.
    func removeLeftovers() async throws(HostError) {
        try await removeLeftovers(.problem, in: rejected) { (try? Problem(json: $0)) != nil }
        guard let known else { return }
        try await removeLeftovers(.duplicate, in: known) { json in
            if case .object(let object) = json { object["duplicate_of"] != nil } else { false }
        }
    }

    /// - Parameter isOurs: a till's own file may have such a name; it is kept like any other.
    private func removeLeftovers(
        _ note: SpoolNote, in folder: String, _ isOurs: (JSONValue) -> Bool
    ) async throws(HostError) {
        let names = try await Folder.list(folder).map(\.name)
        let explained = Set(names.map(\.stem))
        let longest = longestName(beside: note)
        let owed = Set(try await Folder.list(incoming).map { $0.name.numbered(0, longest: longest).stem })
        for name in names where name.hasSuffix(note.rawValue) {
            let stem = Array(name.bytes.dropLast(note.rawValue.utf8.count))
            guard !explained.contains(stem), owed.contains(stem) || owed.contains(Self.withoutNumber(stem)) else {
                continue
            }
            let place = FilePlace(folder, name)
            guard let bytes = try? await DurableFile.read(place, maxBytes: 4 << 20).bytes,
                let json = try? JSONParser.parse(bytes), isOurs(json)
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
