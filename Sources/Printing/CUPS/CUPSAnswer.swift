import CCUPS

/// A print server's answer, freed with the value.
struct CUPSAnswer: ~Copyable {
    private let message: OpaquePointer?

    init(_ message: OpaquePointer?) {
        self.message = message
    }

    deinit {
        ippDelete(message)
    }

    var isThere: Bool { message != nil }

    /// A number, an enumeration or a truth value; nil if there is none or it has no value yet.
    func integer(_ name: String) -> Int? {
        guard let attribute = ippFindAttribute(message, name, IPP_TAG_ZERO) else { return nil }
        switch ippGetValueTag(attribute) {
        case IPP_TAG_INTEGER, IPP_TAG_ENUM: return Int(ippGetInteger(attribute, 0))
        case IPP_TAG_BOOLEAN: return Int(ippGetBoolean(attribute, 0))
        default: return nil
        }
    }

    func keywords(_ name: String) -> [String] {
        guard let attribute = ippFindAttribute(message, name, IPP_TAG_ZERO) else { return [] }
        return (0..<ippGetCount(attribute)).compactMap { index in
            ippGetString(attribute, index, nil).map { String(cString: $0) }
        }
    }
}
