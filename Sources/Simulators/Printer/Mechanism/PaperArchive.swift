import Foundation
import Raster

/// Writes papers as PNG files. A file is there whole or not at all.
struct PaperArchive: Sendable {
    let directory: URL?
    let fileName: @Sendable (Int) -> String

    /// Where the paper was written; nil when no directory is configured.
    func write(_ bitmap: Bitmap, index: Int) throws -> URL? {
        guard let directory else { return nil }
        let file = directory.appendingPathComponent(fileName(index))
        let unfinished = directory.appendingPathComponent(".\(index).unfinished")
        try Data(bitmap.png()).write(to: unfinished)
        guard rename(unfinished.path, file.path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return file
    }
}
