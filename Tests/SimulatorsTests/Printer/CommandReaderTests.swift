import Raster
import Testing

@testable import Simulators

struct CommandReaderTests {
    private func read(_ bytes: [UInt8], piece: Int) -> [CommandReader.Token] {
        var reader = CommandReader()
        var tokens: [CommandReader.Token] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.read(rest.prefix(piece)) { tokens.append($0) }
            rest = rest.dropFirst(piece)
        }
        return tokens
    }

    static let commands: [(bytes: [UInt8], command: PrinterCommand)] = [
        ([0x1B, 0x40], .initialise),
        ([0x1B, 0x61, 1], .align(.centre)), ([0x1B, 0x61, 50], .align(.right)), ([0x1B, 0x61, 48], .align(.left)),
        ([0x1D, 0x4C, 0x2C, 0x01], .leftMargin(dots: 300)), ([0x1D, 0x57, 0x40, 0x02], .areaWidth(dots: 576)),
        ([0x1B, 0x24, 0x10, 0x01], .absolutePosition(dots: 272)),
        ([0x1B, 0x64, 3], .feedLines(3)), ([0x1B, 0x4A, 255], .feed(255)), ([0x0A], .lineFeed),
        ([0x1B, 0x33, 24], .lineSpacing(dots: 24)), ([0x1B, 0x32], .lineSpacing(dots: nil)),
        ([0x1D, 0x56, 0], .cut(.full, feed: 0)), ([0x1D, 0x56, 49], .cut(.partial, feed: 0)),
        ([0x1D, 0x56, 65, 9], .cut(.full, feed: 9)), ([0x1D, 0x56, 66, 8], .cut(.partial, feed: 8)),
        ([0x1B, 0x70, 0, 25, 250], .drawerPulse),
        ([0x10, 0x04, 2], .realTimeStatus(2)), ([0x10, 0x05, 1], .realTimeRequest(1)),
        ([0x10, 0x14, 1, 0, 5], .realTimeDrawerPulse),
        ([0x1D, 0x61, 0x0F], .automaticStatusBack(15)), ([0x1D, 0x72, 1], .queuedStatus(1)),
        ([0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, 1, 2, 3, 4], .processID([1, 2, 3, 4])),
        ([0x00], .undrawn("NUL")),
        ([0x41], .character(0x41)), ([0x1B, 0x01], .unknown("1B 01")), ([0x1D, 0x56, 7], .unknown("1D 56 07")),
        ([0x1B, 0x74, 21], .undrawn("1B 74")), ([0x1D, 0x21, 0x11], .undrawn("1D 21")),
        ([0x1D, 0x28, 0x6B, 3, 0, 49, 80, 48], .undrawn("1D 28 6B")),
        ([0x1D, 0x6B, 4, 0x31, 0x32, 0], .undrawn("GS k")), ([0x1D, 0x6B, 73, 2, 0x7B, 0x42], .undrawn("GS k")),
        ([0x1B, 0x2A, 33, 2, 0, 1, 2, 3, 4, 5, 6], .undrawn("ESC *")), ([0x1B, 0x44, 8, 16, 0], .undrawn("ESC D")),
        ([0x1D, 0x38, 0x4C, 2, 0, 0, 0, 48, 69], .undrawn("GS 8 L")),
    ]

    @Test("each command is read whole, whatever follows it, byte by byte too", arguments: commands)
    func command(bytes: [UInt8], command: PrinterCommand) {
        for piece in [1, 2, 1000] {
            let tokens = read(bytes + [0x0A, 0x1B, 0x40], piece: piece)
            #expect(tokens.map(\.command) == [command, .lineFeed, .initialise])
            #expect(tokens.reduce(0) { $0 + $1.byteCount } == bytes.count + 3)
        }
    }

    @Test("real-time commands inside the data of an image are data")
    func dataInImage() {
        let rows: [[UInt8]] = [[0x10, 0x04, 0x01], [0x1B, 0x40, 0x0A]]
        let bytes: [UInt8] = [0x1D, 0x76, 0x30, 3, 3, 0, 2, 0] + rows.joined() + [0x10, 0x04, 0x01]
        let head = PrinterCommand.RasterHead(horizontalScale: 2, verticalScale: 2, bytesPerRow: 3, rows: 2)
        #expect(
            read(bytes, piece: 4).map(\.command)
                == [.raster(head), .rasterRow(rows[0]), .rasterRow(rows[1]), .realTimeStatus(1)])
    }

    @Test("an image without rows or columns has no data", arguments: [[0, 0, 9, 0], [9, 0, 0, 0]] as [[UInt8]])
    func emptyImage(size: [UInt8]) {
        let tokens = read([0x1D, 0x76, 0x30, 0] + size + [0x0A], piece: 3)
        #expect(tokens.last?.command == .lineFeed)
        #expect(tokens.count == 2)
    }

    @Test("a stream read byte by byte, in odd pieces and whole gives the same commands", arguments: 1...4)
    func split(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var bytes: [UInt8] = []
        for _ in 0..<200 {
            bytes += Self.commands.randomElement(using: &random)?.bytes ?? []
            bytes += Escpos.raster(pattern(width: 20, height: 3, seed: random.next()))
        }
        let whole = read(bytes, piece: .max)
        #expect(whole.reduce(0) { $0 + $1.byteCount } == bytes.count)
        #expect(read(bytes, piece: 1) == whole)
        #expect(read(bytes, piece: 7) == whole)
    }

    @Test("random bytes neither crash the printer nor make it hold more than its bounds", arguments: 1...5)
    func fuzz(seed: UInt64) {
        var configuration = VirtualPrinter.Configuration()
        configuration.longestPaper = 5000
        var body = PrinterBody(configuration: configuration)
        var random = SeededGenerator(state: seed)
        let beginnings: [[UInt8]] = [[0x1B], [0x1D], [0x10], [0x1C], [0x1D, 0x76, 0x30, 0, 4, 0], [0x1D, 0x56, 66]]
        var sent = 0
        while sent < 200_000 {
            var piece = (0..<Int.random(in: 1...64, using: &random)).map { _ in UInt8(truncatingIfNeeded: random.next())
            }
            if sent % 3 == 0 { piece = (beginnings.randomElement(using: &random) ?? []) + piece }
            body.take(piece[...])
            sent += piece.count
            _ = body.collectAnswers()
            _ = body.collectPapers()
            #expect(body.uncutPaper.height <= configuration.longestPaper + 255 * 255)
            // What a printer does that has stopped for good: somebody switches it off and on.
            if !body.condition.canPrint { body.set(.ready) }
        }
        #expect(body.hasRoom)
        #expect(!body.unknownCommands.isEmpty && body.unknownCommands.count <= 1000)
    }
}
