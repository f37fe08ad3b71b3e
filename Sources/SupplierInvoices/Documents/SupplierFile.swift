import Crypto
import Foundation
public import OCRInvoice

/// A file that somebody dropped as a supplier's invoice.
public struct SupplierFile: Sendable, Equatable {
    public let bytes: [UInt8]
    /// As it was dropped.
    public let name: String
    /// By its first bytes alone: the same bytes are always of one type, whatever their name says.
    public let type: OCRDocumentType
    /// SHA-256 of its bytes, as 64 hexadecimal digits in lower case.
    public let digest: String

    /// Throws ``SupplierFileError`` for what the service does not read, and for what is not what its name says.
    public init(_ bytes: [UInt8], named name: String) throws(SupplierFileError) {
        guard let type = OCRDocumentType(beginning: bytes) else { throw SupplierFileError(found: bytes) }
        if let said = Self.ending(of: name), said.look != type.look {
            throw SupplierFileError(
                .otherKind, "its name says .\(said.rawValue), and it begins as \(type.look) does")
        }
        self.bytes = bytes
        self.name = name
        self.type = type
        digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    /// What a name says; nil if it says nothing that is known.
    private static func ending(of name: String) -> OCRDocumentType? {
        name.lastIndex(of: ".").flatMap { OCRDocumentType(rawValue: name[name.index(after: $0)...].lowercased()) }
    }

    var document: SupplierDocument { SupplierDocument(name: name, type: type, digest: Self.bytes(of: digest)) }

    private static func bytes(of digest: String) -> [UInt8] {
        let digits = Array(digest.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
    }
}

extension OCRDocumentType {
    private static let beginnings: [(OCRDocumentType, [UInt8])] = [
        (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpg, [0xFF, 0xD8, 0xFF]),
        (.tiff, [0x49, 0x49, 0x2A, 0x00]), (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
    ]
    private static let pdfMark = Array("%PDF-".utf8)
    private static let bmpMark = Array("BM".utf8)
    /// Bytes that may stand before a PDF's mark (ISO 32000-1, annex H, note 13).
    private static let pdfLeeway = 1_024
    /// Bytes of the two headers that every BMP has.
    private static let bmpHeaders = 26

    /// By the first bytes of a file; nil for what the service does not read.
    public init?(beginning bytes: [UInt8]) {
        if let found = Self.beginnings.first(where: { bytes.starts(with: $0.1) })?.0 {
            self = found
        } else if Self.hasPDFMark(bytes) {
            self = .pdf
        } else if bytes.starts(with: Self.bmpMark), bytes.count >= Self.bmpHeaders {
            self = .bmp
        } else {
            return nil
        }
    }

    private static func hasPDFMark(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: pdfMark) { return true }
        // A web page may speak of PDF.
        let text = bytes.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        guard let first = text.first, first != UInt8(ascii: "<") else { return false }
        return Data(bytes.prefix(pdfLeeway)).range(of: Data(pdfMark)) != nil
    }

    /// For people. The two endings of JPEG are one kind.
    var look: String {
        switch self {
        case .pdf: "PDF"
        case .png: "PNG"
        case .jpg, .jpeg: "JPEG"
        case .tiff: "TIFF"
        case .bmp: "BMP"
        }
    }

    /// What those who fetch it are told.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpg, .jpeg: "image/jpeg"
        case .tiff: "image/tiff"
        case .bmp: "image/bmp"
        }
    }
}
