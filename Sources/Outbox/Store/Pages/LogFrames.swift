import Glibc

/// Where the latest committed image of each page is in a write-ahead log (sqlite.org/fileformat2.html#walformat).
///
/// SQLite reads up to the first damaged frame, and ignores the rest. This goes on behind it: each frame's checksum
/// continues the one in the frame before, so later frames can still be recognised as whole.
package struct LogFrames {
    private static let headerSize = 32
    private static let frameHeaderSize = 24
    /// The header's magic number if checksums are over big-endian words; one less for little-endian ones.
    private static let bigEndianMagic: UInt32 = 0x377f_0683

    /// Page number to the place of its image, as SQLite would find them.
    private(set) var offsets: [Int: Int] = [:]
    /// The same behind damage. They may belong to a commit that a power cut tore and that nobody learned of.
    private(set) var lateOffsets: [Int: Int] = [:]
    /// Pages of the database after the last commit; nil if the log holds none.
    private(set) var databasePages: Int?
    /// Damaged frames between whole ones.
    package private(set) var damagedFrames = 0
    private var isHeaderSound = false
    private var lateCommits = 0

    /// Whether synced commits were lost. Each commit is synced before the next begins: so a power cut can tear the last
    /// one and leave its later frames whole, but not two. And the header is synced before anything follows it.
    var isDamaged: Bool { lateCommits > (isHeaderSound ? 1 : 0) }

    init(descriptor: CInt) {
        guard descriptor >= 0 else { return }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let frameSize = Self.frameHeaderSize + PageFile.pageSize
        guard size >= Self.headerSize, let header = Self.read(descriptor, at: 0, count: Self.headerSize) else { return }
        let magic = header.bigEndian(at: 0)
        let isBigEndian = magic == Self.bigEndianMagic
        var seed = Checksum(header.bigEndian(at: 24), header.bigEndian(at: 28))
        isHeaderSound =
            magic | 1 == Self.bigEndianMagic && Checksum(0, 0).adding(header[0..<24], isBigEndian: isBigEndian) == seed
        // Frames of an earlier round of the log follow those of this one; their salt differs.
        var salt = isHeaderSound ? Array(header[16..<24]) : nil
        var waiting: [(page: Int, offset: Int)] = []
        var unread = isHeaderSound ? 0 : 1
        for offset in stride(from: Self.headerSize, through: size - frameSize, by: frameSize) {
            guard let frame = Self.read(descriptor, at: offset, count: frameSize) else {
                unread += 1
                continue
            }
            let stated = Checksum(frame.bigEndian(at: 16), frame.bigEndian(at: 20))
            let found = seed.adding(frame[0..<8], isBigEndian: isBigEndian)
                .adding(frame[Self.frameHeaderSize...], isBigEndian: isBigEndian)
            seed = stated
            let page = Int(frame.bigEndian(at: 0))
            guard found == stated, page > 0, salt == nil || salt.map(frame[8..<16].elementsEqual) == true else {
                unread += 1
                continue
            }
            salt = salt ?? Array(frame[8..<16])
            damagedFrames += unread
            unread = 0
            waiting.append((page, offset + Self.frameHeaderSize))
            let pages = Int(frame.bigEndian(at: 4))
            guard pages > 0 else { continue }
            commit(waiting, databasePages: pages)
            waiting = []
        }
    }

    private mutating func commit(_ images: [(page: Int, offset: Int)], databasePages pages: Int) {
        guard damagedFrames > 0 else {
            for image in images { offsets[image.page] = image.offset }
            databasePages = pages
            return
        }
        for image in images { lateOffsets[image.page] = image.offset }
        lateCommits += 1
    }

    private static func read(_ file: CInt, at offset: Int, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, offset) }
        return got == count ? bytes : nil
    }

    /// The log's running checksum.
    private struct Checksum: Equatable {
        var first: UInt32
        var second: UInt32

        init(_ first: UInt32, _ second: UInt32) {
            self.first = first
            self.second = second
        }

        func adding(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Checksum {
            var sum = self
            bytes.withUnsafeBytes { bytes in
                for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                    let first = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                    let second = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                    sum.first &+= (isBigEndian ? first.bigEndian : first.littleEndian) &+ sum.second
                    sum.second &+= (isBigEndian ? second.bigEndian : second.littleEndian) &+ sum.first
                }
            }
            return sum
        }
    }
}

extension [UInt8] {
    /// Four bytes; 0 past the end.
    package func bigEndian(at offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= count else { return 0 }
        return self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    package func bigEndian16(at offset: Int) -> Int {
        guard offset >= 0, offset + 2 <= count else { return 0 }
        return Int(self[offset]) << 8 | Int(self[offset + 1])
    }
}
