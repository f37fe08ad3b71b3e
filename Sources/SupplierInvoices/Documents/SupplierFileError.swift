/// Why a file is not taken as a supplier's invoice.
public struct SupplierFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// It is nothing that the service reads.
        case noDocument
        /// It is another kind of document than its name says.
        case otherKind
    }

    public let code: Code
    /// What was expected, and what was found.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(found bytes: [UInt8]) {
        self.init(
            .noDocument,
            "expected a document of the kinds PDF, PNG, JPEG, TIFF or BMP, found \(Self.name(of: bytes))")
    }

    public var description: String { message }

    private static let others: [([UInt8], String)] = [
        (Array("PK".utf8), "a ZIP archive, as Office documents are"),
        (Array("RIFF".utf8), "a WebP picture or another RIFF file"),
        (Array("GIF8".utf8), "a GIF picture"), (Array("{".utf8), "JSON"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
    ]

    private static func name(of bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "nothing" }
        if let other = others.first(where: { bytes.starts(with: $0.0) }) { return other.1 }
        let text = bytes.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        return text.first == UInt8(ascii: "<") ? "a web page or XML" : "something else"
    }
}
