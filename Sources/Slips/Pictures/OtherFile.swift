/// Files that people hand in for a slip and that nobody reads here, so that the refusal can say what to do.
enum OtherFile: CaseIterable {
    case heic, gif, bitmap, tiff, pdf, page

    init?(beginning bytes: [UInt8]) {
        let text = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased()
        let first = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
        let found = Self.allCases.first { file in
            switch file {
            case .heic:
                // ISO/IEC 14496-12, section 4.3: the brand follows the box's type.
                bytes.dropFirst(4).starts(with: "ftyp".utf8)
                    && ["heic", "heix", "mif1", "msf1", "avif"].contains {
                        bytes.dropFirst(8).starts(with: $0.utf8)
                    }
            case .gif: bytes.starts(with: "GIF8".utf8)
            case .bitmap: bytes.starts(with: "BM".utf8)
            case .tiff: bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
            case .pdf: bytes.starts(with: "%PDF".utf8)
            case .page: first.starts(with: "<!doctype".unicodeScalars) || first.starts(with: "<html".unicodeScalars)
            }
        }
        guard let found else { return nil }
        self = found
    }

    var name: String {
        switch self {
        case .heic: "a HEIC or AVIF picture"
        case .gif: "a GIF picture"
        case .bitmap: "a BMP picture"
        case .tiff: "a TIFF picture"
        case .pdf: "a PDF"
        case .page: "a web page"
        }
    }

    var isPicture: Bool {
        switch self {
        case .heic, .gif, .bitmap, .tiff: true
        case .pdf, .page: false
        }
    }

    var advice: String? {
        switch self {
        case .heic:
            "have the phone take JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible), or hand in a screenshot"
        case .pdf: "hand in a screenshot of it"
        case .gif, .bitmap, .tiff, .page: nil
        }
    }
}
