import Glibc

/// The pages of a database that nobody has open, as its log left them. It only reads the file and its log.
///
/// SQLite itself gives up at the first wrong page. Debian's sqlite3 has no `.recover` to fall back on (its library is
/// built without SQLITE_ENABLE_DBPAGE_VTAB). So this reads pages by the documented file format
/// (sqlite.org/fileformat2.html).
package final class PageFile {
    /// Every database of ours has pages of this size: it is set when one is made.
    package static let pageSize = 4_096

    /// One image of a page.
    package struct Image {
        /// Counted from 1.
        package let number: Int
        /// Whether it is in the log behind damage.
        package let isLate: Bool

        package init(number: Int, isLate: Bool) {
            self.number = number
            self.isLate = isLate
        }
    }

    package let log: LogFrames
    /// Pages of the database as it was last known.
    private let count: Int
    private let database: CInt
    private let logFile: CInt

    /// nil if neither the file nor its log can be read.
    package init?(path: String) {
        database = Self.open(path)
        logFile = Self.open(path + "-wal")
        log = LogFrames(descriptor: logFile)
        let size = database < 0 ? 0 : Int(lseek(database, 0, SEEK_END))
        let inFile = (max(size, 0) + Self.pageSize - 1) / Self.pageSize
        // Pages past the end of the last commit are left over from before the database shrank.
        count = log.databasePages ?? inFile
        guard database >= 0 || logFile >= 0, count > 0 || !log.lateOffsets.isEmpty else { return nil }
    }

    deinit {
        if database >= 0 { close(database) }
        if logFile >= 0 { close(logFile) }
    }

    /// Every image; those that may belong to no commit come last.
    package var images: [Image] {
        (0..<count).map { Image(number: $0 + 1, isLate: false) }
            + log.lateOffsets.keys.sorted().map { Image(number: $0, isLate: true) }
    }

    /// The bytes of a page, fewer if the file ends before it does; nil if the disk does not return them.
    package func bytes(of image: Image) -> [UInt8]? {
        let late = image.isLate ? log.lateOffsets[image.number] : nil
        if let offset = late ?? log.offsets[image.number] { return Self.read(logFile, at: offset) }
        guard database >= 0, (1...max(1, count)).contains(image.number) else { return [] }
        return Self.read(database, at: (image.number - 1) * Self.pageSize)
    }

    /// Negative if there is no such regular file, or it may not be read.
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
