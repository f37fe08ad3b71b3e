import Printing
import Testing

@Suite struct PrinterReplyParserTests {
    private static let echo: [UInt8] = [0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x00]
    private static let id = ProcessID([0x41, 0x42, 0x43, 0x44])

    static let cases: [([UInt8], [PrinterReply], skipped: Int)] = [
        ([], [], 0),
        ([0x12], [.realTime(0x12)], 0),
        ([0x7E], [.realTime(0x7E)], 0),
        ([0x10, 0x00, 0x0C, 0x0F], [.automatic([0x10, 0x00, 0x0C, 0x0F])], 0),
        ([0x00], [.queued(0x00)], 0),
        ([0x03, 0x0C], [.queued(0x03), .queued(0x0C)], 0),
        (echo, id.map { [.processID($0)] } ?? [], 0),
        (
            [0x16] + echo + [0x00, 0x14, 0x00, 0x00, 0x00],
            [.realTime(0x16)] + (id.map { [.processID($0)] } ?? [])
                + [.queued(0), .automatic([0x14, 0, 0, 0])], 0
        ),
        // An automatic status cut short by a real-time one.
        ([0x10, 0x00, 0x12], [.queued(0x00), .realTime(0x12)], 1),
        // XON, XOFF and bytes with the high bit belong to no reply.
        ([0x11, 0x13, 0x80, 0xFF, 0x12], [.realTime(0x12)], 4),
        // Another block that begins like a process ID, and one with a control character in it.
        ([0x37, 0x12], [.realTime(0x12)], 1),
        ([0x37, 0x22, 0x12], [.queued(0x22), .realTime(0x12)], 1),
        ([0x37, 0x22], [], 0),
    ]

    @Test("replies are told apart by their fixed bits", arguments: cases)
    func whole(bytes: [UInt8], replies: [PrinterReply], skipped: Int) {
        var parser = PrinterReplyParser()
        #expect(parser.parse(bytes) == replies)
        #expect(parser.skippedBytes == skipped)
    }

    @Test("bytes that come one by one give the same replies", arguments: cases)
    func byteByByte(bytes: [UInt8], replies: [PrinterReply], skipped: Int) {
        var parser = PrinterReplyParser()
        #expect(bytes.flatMap { parser.parse([$0]) } == replies)
        #expect(parser.skippedBytes == skipped)
    }

    @Test("what no printer says is counted as noise, flow control is not") func noiseBytes() {
        var parser = PrinterReplyParser()
        #expect(parser.parse([0x11, 0x13, 0xFF, 0xFB, 0x03]) == [.queued(0x03)])
        #expect(parser.skippedBytes == 4)
        #expect(parser.noiseBytes == 2)
    }

    @Test("any noise is taken, and a reply behind it is found") func noise() {
        var parser = PrinterReplyParser()
        var seed: UInt64 = 42
        for _ in 0..<100_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            _ = parser.parse([UInt8(truncatingIfNeeded: seed >> 40)])
        }
        _ = parser.parse(Array(repeating: 0xFF, count: 8))
        #expect(parser.parse([0x12]) == [.realTime(0x12)])
        #expect(parser.skippedBytes > 1_000)
    }
}
