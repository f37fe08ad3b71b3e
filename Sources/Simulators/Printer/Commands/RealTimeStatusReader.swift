/// Hears `DLE EOT n` wherever it stands in the stream, inside the data of a picture too.
struct RealTimeStatusReader {
    private var last: (UInt8, UInt8) = (0, 0)

    /// What is asked for in these bytes, in their order.
    mutating func questions(in bytes: some Sequence<UInt8>) -> [UInt8] {
        var questions: [UInt8] = []
        for byte in bytes {
            if last == (0x10, 0x04), (1...4).contains(byte) { questions.append(byte) }
            last = (last.1, byte)
        }
        return questions
    }
}
