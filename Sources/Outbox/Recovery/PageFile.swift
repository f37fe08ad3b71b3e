import Glibc

/// The pages of a database that nobody has open, as its log left them. The file and its log are only read.
///
/// SQLite itself gives up at the first page that is wrong. Debian's sqlite3 has no `.recover` to fall back on (its library
/// is built without SQLITE_ENABLE_DBPAGE_VTAB), so pages are read here, by the file format's own page
/// (sqlite.org/fileformat2.html).
final class PageFile {
    /// Every database of ours has pages of this size: it is set when one is made.
    static let pageSize = 4_096

    /// One image of a page.
    struct Image {
        /// Counted from 1.
        let number: Int
        /// Whether it is one of those that stand in the log behind damage.
        let isLate: Bool
    }

    let log: LogFrames
    /// Pages of the database as it was last known.
    private let count: Int
    private let database: CInt
    private let logFile: CInt

    /// nil where neither the file nor its log can be read.
    init?(path: String) {
        database = Self.open(path)
        logFile = Self.open(path + "-wal")
        log = LogFrames(descriptor: logFile)
        let size = database < 0 ? 0 : Int(lseek(database, 0, SEEK_END))
        let inFile = (max(size, 0) + Self.pageSize - 1) / Self.pageSize
        // Pages past the end that the last commit gave the database are left over from before it shrank.
        count = log.databasePages ?? inFile
        guard database >= 0 || logFile >= 0, count > 0 || !log.lateOffsets.isEmpty else { return nil }
    }

    deinit {
        if database >= 0 { close(database) }
        if logFile >= 0 { close(logFile) }
    }

    /// Every image, those that may be of no commit last.
    var images: [Image] {
        (0..<count).map { Image(number: $0 + 1, isLate: false) }
            + log.lateOffsets.keys.sorted().map { Image(number: $0, isLate: true) }
    }

    /// The bytes of a page, fewer where the file ends before it does; nil where the disk will not give them.
    func bytes(of image: Image) -> [UInt8]? {
        let late = image.isLate ? log.lateOffsets[image.number] : nil
        if let offset = late ?? log.offsets[image.number] { return Self.read(logFile, at: offset) }
        guard database >= 0, (1...max(1, count)).contains(image.number) else { return [] }
        return Self.read(database, at: (image.number - 1) * Self.pageSize)
    }

    /// Negative where there is no such regular file, or it may not be read.
    private static func open(_ path: String) -> CInt {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var about = stat()
        guard file >= 0 else { return file }
        guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            close(file)
            return -1
        }
        return file
    }

    private static func read(_ file: CInt, at offset: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: pageSize)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, offset) }
        return count < 0 ? nil : Array(bytes[..<count])
    }
}
