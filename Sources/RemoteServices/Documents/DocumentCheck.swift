import Foundation
public import Sales

/// Whether a file is what its form says.
public enum DocumentCheck {
    /// Why `bytes` are no file of this form, without quoting them; nil if they are one.
    public static func fault(of bytes: [UInt8], as form: DocumentForm) -> String? {
        switch form {
        case .pdf: pdfFault(of: bytes)
        case .xml: xmlFault(of: bytes)
        }
    }

    /// The first bytes, and the mark at the end (ISO 32000-1, 7.5.2 and 7.5.5): a file that was cut lacks it. Readers look
    /// for it in the last 1,024 bytes (Annex H, implementation note 18).
    private static func pdfFault(of bytes: [UInt8]) -> String? {
        guard bytes.starts(with: Array("%PDF-".utf8)) else { return "it is no PDF: it does not begin with %PDF-" }
        guard Data(bytes.suffix(1_024)).range(of: Data("%%EOF".utf8)) != nil else {
            return "it is no whole PDF: it does not end with %%EOF"
        }
        return nil
    }

    private static func xmlFault(of bytes: [UInt8]) -> String? {
        let end = bytes.withUnsafeBytes { bytes in
            guard let reader = XMLReader(bytes) else { return XMLReader.End.malformed }
            return reader.end()
        }
        return switch end {
        case .wellFormed: nil
        case .malformed: "it is no well-formed XML"
        case .documentType: "it is no XML that is taken: it declares a document type"
        }
    }
}
