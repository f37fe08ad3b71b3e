import CLinux
import Glibc

extension DurableFile {
    /// Moves a file and returns its new place; both folders are then on the disk. If one of them is a mount of its own,
    /// the file is copied: after a kill in between, it is in both.
    ///
    /// - Parameters:
    ///   - state: the file to move. Throws `changed` if another file has its name by now, or somebody has written to
    ///     it; then it stays, or comes back.
    ///   - access: what our own file gets. Somebody else's file keeps its own, unless it is copied.
    public static func move(
        _ source: FilePlace, to target: FilePlace, collision: Collision = .number, ifStill state: FileState? = nil,
        access: FileAccess? = nil
    ) async throws(HostError) -> FilePlace {
        try await BlockingWork.run { () throws(HostError) in
            guard let found = FileState(of: source) else { throw .refused("move \(source)") }
            let meant = state ?? found
            guard found.hasSameContent(as: meant) else { throw .changed(source) }
            let placed = try rename(source, meant, to: target, collision, access)
            try sync(folder: target.folder)
            if source.folder != target.folder { try sync(folder: source.folder) }
            return placed
        }
    }

    private static func rename(
        _ source: FilePlace, _ meant: FileState, to target: FilePlace, _ collision: Collision, _ access: FileAccess?
    ) throws(HostError) -> FilePlace {
        let placed: FilePlace
        do throws(HostError) {
            placed = try take(target, collision) { renamed(source, $0) }
        } catch {
            guard error.errno == EXDEV else { throw error }
            return try copy(source, meant, to: target, collision, access)
        }
        try putBackUnlessStill(meant, placed, source)
        // Somebody else's file cannot be changed; its folder protects it.
        if let access { try? access.give(to: placed) }
        return placed
    }

    /// The name can get another file between the look and the rename.
    private static func putBackUnlessStill(
        _ meant: FileState, _ placed: FilePlace, _ source: FilePlace
    ) throws(HostError) {
        guard let found = FileState(of: placed), !found.hasSameContent(as: meant) else { return }
        _ = try take(source, .number) { renamed(placed, $0) }
        throw .changed(source)
    }

    /// For folders on different mounts. The copy is on the disk, under its name, before the file is removed.
    private static func copy(
        _ source: FilePlace, _ meant: FileState, to target: FilePlace, _ collision: Collision, _ access: FileAccess?
    ) throws(HostError) -> FilePlace {
        let draft = draft(in: target.folder)
        defer { unlink(draft.path) }
        let file = Descriptor(Glibc.open(source.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        guard file.number >= 0 else { throw .refused("read \(source)") }
        var about = stat()
        guard fstat(file.number, &about) == 0 else { throw .refused("look at \(source)") }
        guard about.st_mode & S_IFMT == S_IFREG else {
            throw HostError(.notARegularFile, "\(source) is not a regular file: it cannot be moved to another disk.")
        }
        try fill(draft, from: file.number, access: access ?? FileAccess(about.st_mode))
        guard fstat(file.number, &about) == 0, FileState(about).hasSameContent(as: meant) else {
            throw .changed(source)
        }
        let placed = try take(target, collision) { renamed(draft, $0) }
        do throws(HostError) {
            try sync(folder: target.folder)
            guard FileState(of: source)?.hasSameContent(as: meant) == true else { throw .changed(source) }
            guard unlink(source.path) == 0 else { throw .refused("remove \(source)") }
        } catch {
            // Otherwise each try would leave one more of them.
            unlink(placed.path)
            throw error
        }
        return placed
    }

    /// A place like this one whose name, and the names that belong to it, look free.
    ///
    /// - Parameter longest: bytes of its name.
    public static func free(
        _ place: FilePlace, longest: Int, with all: @escaping @Sendable (FilePlace) -> [FilePlace]
    ) async throws(HostError) -> FilePlace {
        try await BlockingWork.run { () throws(HostError) in
            let numbered = { FilePlace(place.folder, place.name.numbered($0, longest: longest)) }
            return numbered(FreeNumber.first { all(numbered($0)).contains { FileState(of: $0) != nil } })
        }
    }

    /// Takes the name, or a free one like it. `take` returns the system's error number, or 0.
    static func take(
        _ target: FilePlace, _ collision: Collision, by take: (FilePlace) -> CInt
    ) throws(HostError) -> FilePlace {
        for _ in 0..<mostRaces {
            let number =
                collision == .refuse ? 0 : FreeNumber.first { FileState(of: target.numbered($0)) != nil }
            let place = target.numbered(number)
            let outcome = take(place)
            if outcome == 0 { return place }
            // Another process was faster.
            if outcome == EEXIST, collision == .number { continue }
            throw .refused("move a file to \(place)", errno: outcome)
        }
        throw HostError(.alreadyExists, "Others took \(mostRaces) names like \(target) while it was moved.")
    }

    /// Each race that we lose, another process wins: there are never so many at once.
    private static let mostRaces = 1_000

    /// linux/fs.h
    private static let noReplace: UInt32 = 1

    /// Renames without overwriting.
    static func renamed(_ source: FilePlace, _ target: FilePlace) -> CInt {
        if renameat2(AT_FDCWD, source.path, AT_FDCWD, target.path, noReplace) == 0 { return 0 }
        // Some file systems do not support it (NFS, some of FUSE's).
        return errno == EINVAL || errno == ENOSYS ? renamedOverReserved(source, target) : errno
    }

    /// Replaces an empty file of ours that reserved the name.
    static func renamedOverReserved(_ source: FilePlace, _ target: FilePlace) -> CInt {
        let reserved = Glibc.open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard reserved >= 0 else { return errno }
        close(reserved)
        guard Glibc.rename(source.path, target.path) == 0 else {
            let failure = errno
            unlink(target.path)
            return failure
        }
        return 0
    }
}
