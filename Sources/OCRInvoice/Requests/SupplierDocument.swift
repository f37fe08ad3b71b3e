/// A supplier's invoice as a file.
public struct SupplierDocument: Sendable, Equatable {
    /// The file's name, as staff know it.
    public let name: String
    public let type: OCRDocumentType
    /// SHA-256 of its bytes, as 64 hexadecimal digits in lower case.
    public let digest: String

    /// - Parameter digest: the 32 bytes of its SHA-256.
    public init(name: String, type: OCRDocumentType, digest: some Sequence<UInt8>) {
        self.name = name
        self.type = type
        let digits = Array("0123456789abcdef".utf8)
        self.digest = String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// The types of documents that the page names.
public enum OCRDocumentType: String, Sendable, CaseIterable {
    case pdf, png, jpg, jpeg, tiff, bmp
}

extension SupplierDocument: CustomStringConvertible, CustomReflectable {
    /// Names of documents are names of people.
    public var description: String { "a document (\(type.rawValue))" }
    public var customMirror: Mirror { Mirror(self, children: ["type": type]) }
}
