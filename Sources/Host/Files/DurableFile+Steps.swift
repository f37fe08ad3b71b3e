import Glibc

extension DurableFile {
    /// A name that no till and no other write uses.
    static func draft(in folder: String) -> FilePlace {
        FilePlace(folder, FileName(unchecked: Array("\(drafts)\(getpid())-\(UInt64.random(in: 0 ... .max))".utf8)))
    }

    static func isDraft(_ name: FileName) -> Bool { name.hasPrefix(drafts) }

    private static let drafts = ".tmp-"

    static func fill(_ place: FilePlace, with bytes: [UInt8], access: FileAccess) throws(HostError) {
        let file = try created(place)
        try write(bytes[...], to: file.number, place)
        try keep(file.number, place, access)
    }

    /// Copies the rest of another file, from its present read position.
    static func fill(_ place: FilePlace, from source: CInt, access: FileAccess) throws(HostError) {
        let file = try created(place)
        var piece = [UInt8](repeating: 0, count: 64 * 1_024)
        while case let count = try readSome(source, into: &piece, "\(place)"), count > 0 {
            try write(piece[..<count], to: file.number, place)
        }
        try keep(file.number, place, access)
    }

    private static func created(_ place: FilePlace) throws(HostError) -> Descriptor {
        let file = Descriptor(
            Glibc.open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600))
        guard file.number >= 0 else { throw .refused("create \(place)") }
        return file
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to file: CInt, _ place: FilePlace) throws(HostError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .refused("write \(place)")
            }
        }
    }

    private static func keep(_ file: CInt, _ place: FilePlace, _ access: FileAccess) throws(HostError) {
        try access.give(to: place)
        guard fsync(file) == 0 else { throw .refused("keep \(place) on the disk") }
    }

    static func sync(folder: String) throws(HostError) {
        let directory = Descriptor(Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard directory.number >= 0, fsync(directory.number) == 0 else { throw .refused("keep \(folder) on the disk") }
    }

    static func contents(of file: CInt, path: String, maxBytes: Int) throws(HostError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1_024)
        while case let count = try readSome(file, into: &piece, path), count > 0 {
            bytes += piece[..<count]
            guard bytes.count <= maxBytes else {
                throw HostError(.tooLarge, "\(path) is larger than the \(maxBytes) bytes that are taken.")
            }
        }
        return bytes
    }

    private static func readSome(_ file: CInt, into piece: inout [UInt8], _ path: String) throws(HostError) -> Int {
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .refused("read \(path)") }
        }
    }
}
