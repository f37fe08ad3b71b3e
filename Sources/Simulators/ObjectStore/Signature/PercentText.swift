/// Percent-encoding, byte by byte.
enum PercentText {
    /// nil where a percent sign begins no byte. A plus sign is itself.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            out.append(high << 4 | low)
        }
        return out
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// What the signature's description calls UriEncode.
    ///
    /// - Parameter free: the bytes that stay besides letters, digits and `-._~`.
    static func encode(_ bytes: some Sequence<UInt8>, free: [UInt8] = []) -> String {
        var out = ""
        for byte in bytes {
            let scalar = Unicode.Scalar(byte)
            let isWord = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            if isWord || "-._~".unicodeScalars.contains(scalar) || free.contains(byte) {
                out.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return out
    }
}
