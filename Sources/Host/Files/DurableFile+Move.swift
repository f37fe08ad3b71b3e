import CLinux
import Glibc

extension DurableFile {
    /// Moves a file and returns the place it got; both folders are on the disk then. Where one is a mount of its own it is
    /// copied: killed in between, it stands in both.
    ///
    /// - Parameters:
    ///   - state: the file that is meant. `changed` where another one has that name by now, or somebody has written to it;
    ///     then it stays, or comes back.
    ///   - access: what the file gets where it is ours; a stranger's keeps its own, unless it is copied.
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
        // A stranger's file cannot be changed; its folder keeps it from everybody else.
        if let access { try? access.give(to: placed) }
        return placed
    }

    /// A name can get another file between a look and the rename.
    private static func putBackUnlessStill(
        _ meant: FileState, _ placed: FilePlace, _ source: FilePlace
    ) throws(HostError) {
        guard let found = FileState(of: placed), !found.hasSameContent(as: meant) else { return }
        _ = try take(source, .number) { renamed(placed, $0) }
        throw .changed(source)
    }

    /// For folders on different mounts. The copy is on the disk, under its name, before the file goes.
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
            // Else there would be one more of them at each try.
            unlink(placed.path)
            throw error
        }
        return placed
    }

    /// A place like this one where neither it nor what belongs to it is taken, as far as can be seen now.
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

    /// Takes the name, or a free one like it. `take` answers with the system's error number, or with 0.
    static func take(
        _ target: FilePlace, _ collision: Collision, by take: (FilePlace) -> CInt
    ) throws(HostError) -> FilePlace {
        for _ in 0..<mostRaces {
            let number =
                collision == .refuse ? 0 : FreeNumber.first { FileState(of: target.numbered($0)) != nil }
            let place = target.numbered(number)
            let outcome = take(place)
            if outcome == 0 { return place }
            // Somebody else was quicker.
            if outcome == EEXIST, collision == .number { continue }
            throw .refused("move a file to \(place)", errno: outcome)
        }
        throw HostError(.alreadyExists, "Others took \(mostRaces) names like \(target) while it was moved.")
    }

    /// Each race that one loses, another has won: so many at once there are not.
    private static let mostRaces = 1_000

    /// linux/fs.h
    private static let noReplace: UInt32 = 1

    /// Renames without overwriting.
    static func renamed(_ source: FilePlace, _ target: FilePlace) -> CInt {
        if renameat2(AT_FDCWD, source.path, AT_FDCWD, target.path, noReplace) == 0 { return 0 }
        // Some file systems do not know how (NFS, some of FUSE's).
        return errno == EINVAL || errno == ENOSYS ? renamedOverReserved(source, target) : errno
    }

    /// Over an empty file of our own that reserved the name.
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
