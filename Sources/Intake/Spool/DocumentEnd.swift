import OCRInvoice
import SupplierInvoices

/// Whether a document looks as if its writer had finished. It is asked only while somebody may still be writing: a scanner, or another
/// machine over a slow line.
enum DocumentEnd {
    /// Bytes from the end in which a mark may stand: programs put empty lines and zeros behind it.
    private static let tail = 2_048

    /// Bytes by which the kind of a document shows.
    private static let beginning = 1_024

    static func isThere(in bytes: [UInt8]) -> Bool {
        guard let type = OCRDocumentType(beginning: bytes) else {
            // What would follow makes no document of it.
            return bytes.count >= beginning || bytes.first == UInt8(ascii: "<")
        }
        return switch type {
        // ISO 32000-1, section 7.5.5.
        case .pdf: has(Array("%%EOF".utf8), in: bytes)
        // The last chunk of a PNG, and the last marker of a JPEG.
        case .png: has(Array("IEND".utf8), in: bytes)
        case .jpg, .jpeg: has([0xFF, 0xD9], in: bytes)
        // The header says how long the file is.
        case .bmp: bytes.count < 6 ? false : bytes.count >= length(bytes[2..<6])
        // Its directories may stand anywhere.
        case .tiff: true
        }
    }

    private static func has(_ mark: [UInt8], in bytes: [UInt8]) -> Bool {
        let tail = bytes.suffix(Self.tail)
        guard tail.count >= mark.count else { return false }
        return (tail.startIndex...(tail.endIndex - mark.count)).contains { start in
            tail[start..<(start + mark.count)].elementsEqual(mark)
        }
    }

    private static func length(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
