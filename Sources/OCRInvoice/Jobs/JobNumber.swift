/// Compares numbers of jobs. A service may write them in its own case, and trim them.
enum JobNumber {
    static func areSame(_ first: String, _ second: String) -> Bool {
        folded(first).utf8.elementsEqual(folded(second).utf8)
    }

    /// ASCII letters in lower case, without ASCII spaces around.
    static func folded(_ number: String) -> String {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let bytes = number.utf8.drop(while: isSpace)
        let end = bytes.lastIndex { !isSpace($0) }.map { bytes.index(after: $0) } ?? bytes.startIndex
        return String(
            decoding: bytes[..<end].map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 0x20 : $0 },
            as: UTF8.self)
    }
}
