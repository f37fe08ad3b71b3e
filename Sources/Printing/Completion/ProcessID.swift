/// Four printable ASCII characters that a printer gives back when it has printed what stood before them.
public struct ProcessID: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil unless there are four bytes of 32…126.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4, bytes.allSatisfy({ (32...126).contains($0) }) else { return nil }
        self.bytes = bytes
    }

    /// A new one: letters and digits at random, so that a late echo of an earlier paper is not taken for this one's.
    public init() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        bytes = (0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
    }
}
