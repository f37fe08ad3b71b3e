/// What kind of document some bytes are, by how they begin.
enum DocumentMagic {
    private static let beginnings: [(JobForm.DocumentType, [UInt8])] = [
        (.pdf, Array("%PDF-".utf8)), (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        (.jpeg, [0xFF, 0xD8, 0xFF]), (.tiff, [0x49, 0x49, 0x2A, 0x00]), (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
        (.bmp, Array("BM".utf8)),
    ]

    /// nil for what is none of the page's types.
    static func type(of bytes: [UInt8]) -> JobForm.DocumentType? {
        beginnings.first { bytes.starts(with: $0.1) }?.0
    }

    /// Why some bytes are not the document that a job announces; nil if they are.
    static func fault(of bytes: [UInt8], announcedAs announced: JobForm.DocumentType?) -> String? {
        guard let found = type(of: bytes) else { return "the document is of no type that can be read" }
        guard let announced else { return nil }
        let expected = announced == .jpg ? .jpeg : announced
        return found == expected ? nil : "the document is \(found.rawValue), and not \(announced.rawValue)"
    }
}
