import CXML

/// Reads XML to its end, without building a tree, a network or an entity that stands elsewhere.
///
/// FoundationXML's parser recovers from faults, and so accepts what is not well-formed.
struct XMLReader: ~Copyable {
    enum End {
        case wellFormed, malformed
        /// It stopped there: a few lines of entities make gigabytes, and no tax document declares any.
        case documentType
    }

    private static let options = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    /// Once, before several threads use the library.
    private static let initialised: Void = xmlInitParser()

    private let reader: xmlTextReaderPtr

    /// - Parameter bytes: must outlive the reader. Nil if there are none, or too many.
    init?(_ bytes: UnsafeRawBufferPointer) {
        _ = Self.initialised
        guard let start = bytes.baseAddress, let count = Int32(exactly: bytes.count), count > 0,
            let reader = xmlReaderForMemory(start.assumingMemoryBound(to: CChar.self), count, nil, nil, Self.options)
        else { return nil }
        self.reader = reader
    }

    deinit { xmlFreeTextReader(reader) }

    func end() -> End {
        while true {
            switch xmlTextReaderRead(reader) {
            case 1:
                if xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue) {
                    return .documentType
                }
            case 0: return .wellFormed
            default: return .malformed
            }
        }
    }
}
