import Crypto
import Foundation
public import Sales

/// A picture that somebody showed as a payment slip, without what it says beside its pixels: where and when it was taken, with
/// which phone, and by whom.
///
/// Only its structure is read. The pixels stay as they came, byte by byte, and are never unpacked here.
public struct SlipImage: Sendable, Equatable {
    public let media: SlipMedia
    /// The whole file, cleaned.
    public let bytes: [UInt8]
    /// SHA-256 of the file as it came: the same upload is known again by it.
    public let digest: [UInt8]
    /// Pixels.
    public let width: Int
    public let height: Int

    /// - Parameter declared: what the sender says that it is; nil where nobody says anything.
    public init(_ bytes: [UInt8], declared: SlipMedia? = nil) throws(SlipImageError) {
        guard let media = SlipMedia(beginning: bytes) else { throw Self.refusal(of: bytes) }
        if let declared, declared != media {
            throw SlipImageError(
                .otherKind, "it is said to be \(declared.rawValue), and begins as \(media.rawValue) does")
        }
        let picture: CleanPicture
        switch media {
        case .jpeg:
            var reader = JPEGReader(bytes)
            picture = try reader.clean()
        case .png:
            var reader = PNGReader(bytes)
            picture = try reader.clean()
        case .webp:
            var reader = WebPReader(bytes)
            picture = try reader.clean()
        }
        self.media = media
        self.bytes = picture.bytes
        digest = Array(SHA256.hash(data: Data(bytes)))
        width = picture.size.width
        height = picture.size.height
    }

    private static func refusal(of bytes: [UInt8]) -> SlipImageError {
        if bytes.isEmpty { return SlipImageError(.noPicture, "expected a picture, found nothing") }
        guard let other = OtherFile(beginning: bytes) else {
            return SlipImageError(.noPicture, "expected a JPEG, PNG or WebP picture, found something else")
        }
        let found = "expected a JPEG, PNG or WebP picture, found \(other.name)"
        return SlipImageError(
            other.isPicture ? .otherKind : .noPicture, other.advice.map { "\(found): \($0)" } ?? found)
    }
}

extension SlipMedia {
    private static let jpegStart: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// By the first bytes of a file, whatever its name or its sender say; nil for anything else.
    public init?(beginning bytes: [UInt8]) {
        if bytes.starts(with: Self.jpegStart) {
            self = .jpeg
        } else if bytes.starts(with: PNGReader.signature) {
            self = .png
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }
}
