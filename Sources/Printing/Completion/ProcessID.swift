/// Four printable ASCII characters that a printer returns once it has printed what came before them.
public struct ProcessID: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil unless there are four bytes of 32…126.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4, bytes.allSatisfy({ (32...126).contains($0) }) else { return nil }
        self.bytes = bytes
    }

    /// A new one: random letters and digits, so a late echo of an earlier paper does not count for this one.
    public init() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        bytes = (0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] }
    }
}
