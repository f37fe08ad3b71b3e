import Foundation
import Sales
import Testing

/// Pictures of one QR code, with everything in them that phones and programs add. Each addition says "SECRET".
///
/// Pillow 12 wrote the files (saved with Exif, XMP, remarks and a colour profile); what it cannot write, such as JFXX, tIME or a
/// film behind the picture's end, was put in by hand.
enum SlipPicture: String, CaseIterable, CustomTestStringConvertible {
    case photograph = "photograph.jpg"
    case progressive = "progressive.jpg"
    case screenshot = "screenshot.png"
    case webPhotograph = "photograph.webp"
    case seeThrough = "see-through.webp"
    case lossless = "lossless.webp"

    /// What the QR code says.
    static let text = "KAMKAP-SLIP"
    static let side = 116

    var testDescription: String { rawValue }

    var media: SlipMedia {
        switch self {
        case .photograph, .progressive: .jpeg
        case .screenshot: .png
        case .webPhotograph, .seeThrough, .lossless: .webp
        }
    }

    var bytes: [UInt8] {
        get throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            return Array(try Data(contentsOf: folder.appending(path: "Pictures/\(rawValue)")))
        }
    }
}

extension [UInt8] {
    /// Whether the text's bytes are somewhere among these.
    func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}

/// What zbar reads from a picture, by decoders that are not ours; nil where it finds nothing.
func zbar(_ bytes: [UInt8]) throws -> String? {
    try read(bytes, by: "/usr/bin/zbarimg", "--quiet", "--raw", "--nodbus")
}

/// What file(1) says of a picture.
func kind(of bytes: [UInt8]) throws -> String {
    try #require(try read(bytes, by: "/usr/bin/file", "--brief"), "file(1) is installed")
}

private func read(_ bytes: [UInt8], by program: String, _ arguments: String...) throws -> String? {
    let file = FileManager.default.temporaryDirectory.appending(path: "slip-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments + [file.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    try? output.fileHandleForReading.close()
    process.waitUntilExit()
    return process.terminationStatus == 0
        ? String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines) : nil
}
