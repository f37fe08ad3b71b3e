import Raster
import Testing

@testable import Simulators

/// What is drawn and answered, without a connection.
struct PrinterBodyTests {
    private func printed(_ bytes: [UInt8], width: Int = 64) throws -> Bitmap {
        var configuration = VirtualPrinter.Configuration()
        configuration.widthInDots = width
        var body = PrinterBody(configuration: configuration)
        body.take((bytes + [0x1D, 0x56, 0])[...])
        return try #require(body.collectPapers().first).bitmap
    }

    @Test("an image comes out as it was sent, wherever its bands end", arguments: [1, 7, 24, 40])
    func bands(height: Int) throws {
        let picture = pattern(width: 64, height: 40)
        var bytes = Escpos.initialise
        for top in stride(from: 0, to: 40, by: height) {
            bytes += Escpos.raster(picture.rows(top..<min(top + height, 40)))
        }
        #expect(try printed(bytes) == picture)
    }

    @Test(
        "an image stands where margins, position and alignment put it",
        arguments: [
            ([], 0), ([0x1B, 0x61, 1], 20), ([0x1B, 0x61, 2], 40), ([0x1D, 0x4C, 5, 0], 5), ([0x1B, 0x24, 11, 0], 11),
            ([0x1D, 0x4C, 8, 0, 0x1D, 0x57, 40, 0, 0x1B, 0x61, 2], 24), ([0x1B, 0x61, 2, 0x1B, 0x40], 0),
        ] as [([UInt8], Int)])
    func place(before: [UInt8], x: Int) throws {
        let picture = pattern(width: 24, height: 5)
        var expected = Bitmap(width: 64, height: 5)
        expected.draw(picture, x: x, y: 0)
        #expect(try printed(before + Escpos.raster(picture)) == expected)
    }

    @Test("what does not fit the printing area is lost")
    func clipped() throws {
        let picture = pattern(width: 80, height: 5)
        var expected = Bitmap(width: 64, height: 5)
        expected.draw(picture, x: 0, y: 0)
        #expect(try printed(Escpos.raster(picture)) == expected)
        let narrow = try printed([0x1D, 0x57, 24, 0] + Escpos.raster(picture))
        #expect((0..<64).allSatisfy { narrow[$0, 2] == ($0 < 24 && picture[$0, 2]) })
    }

    @Test(
        "modes double the width, the height or both",
        arguments: [(1, 2, 1), (2, 1, 2), (3, 2, 2), (51, 2, 2)] as [(UInt8, Int, Int)])
    func modes(mode: UInt8, across: Int, down: Int) throws {
        let picture = pattern(width: 24, height: 4)
        let paper = try printed(Escpos.raster(picture, mode: mode))
        #expect(paper.height == 4 * down)
        for y in 0..<paper.height {
            #expect((0..<64).allSatisfy { paper[$0, y] == picture[$0 / across, y / down] })
        }
    }

    @Test(
        "feeds are as long as they say, in dots or lines of 30",
        arguments: [
            ([0x1B, 0x4A, 17], 17), ([0x1B, 0x64, 2], 60), ([0x0A, 0x0A], 60), ([0x1B, 0x33, 10, 0x0A], 10),
            ([0x41, 0x0A], 30), ([0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x0A], 60), ([0x1D, 0x56, 66, 5], 5),
            ([0x1D, 0x50, 0, 101, 0x1B, 0x4A, 17], 34), ([0x1D, 0x50, 0, 101, 0x1D, 0x50, 0, 0, 0x1B, 0x4A, 17], 17),
            ([0x1D, 0x50, 0, 101, 0x1B, 0x40, 0x1B, 0x4A, 17], 17),
        ] as [([UInt8], Int)])
    func feeds(bytes: [UInt8], rows: Int) throws {
        #expect(try printed(bytes).height == rows)
    }

    @Test("text is visible as boxes, blanks are not")
    func text() throws {
        let paper = try printed(Array("a b\n".utf8))
        #expect(paper[6, 10] && !paper[18, 10] && paper[30, 10])
        #expect(paper.isBlankRow(0) && paper.isBlankRow(25))
    }

    struct StatusCase: Sendable {
        let condition: VirtualPrinter.Condition
        let realTime: [UInt8]
        let automatic: [UInt8]
    }

    static let statuses = [
        StatusCase(condition: .ready, realTime: [0x12, 0x12, 0x12, 0x12], automatic: [0x10, 0, 0, 0x0F]),
        StatusCase(condition: .paperNearEnd, realTime: [0x12, 0x12, 0x12, 0x1E], automatic: [0x10, 0, 0x03, 0x0F]),
        StatusCase(condition: .paperOut, realTime: [0x1A, 0x32, 0x12, 0x7E], automatic: [0x18, 0, 0x0F, 0x0F]),
        StatusCase(condition: .coverOpen, realTime: [0x1A, 0x16, 0x12, 0x12], automatic: [0x38, 0, 0, 0x0F]),
        StatusCase(condition: .cutterError, realTime: [0x1A, 0x52, 0x1A, 0x12], automatic: [0x18, 0x08, 0, 0x0F]),
        StatusCase(condition: .offline, realTime: [0x1A, 0x12, 0x12, 0x12], automatic: [0x18, 0, 0, 0x0F]),
        StatusCase(
            condition: .unrecoverableError, realTime: [0x1A, 0x52, 0x32, 0x12], automatic: [0x18, 0x20, 0, 0x0F]),
    ]

    @Test("each state is told at once and, when asked for, unasked", arguments: statuses)
    func status(status: StatusCase) {
        var body = PrinterBody(configuration: .init())
        body.take(Escpos.statusBack[...])
        #expect(body.collectAnswers() == [0x10, 0, 0, 0x0F])
        body.set(status.condition)
        #expect(body.collectAnswers() == (status.condition == .ready ? [] : status.automatic))
        body.take((1...4).flatMap(Escpos.status)[...])
        #expect(body.collectAnswers() == status.realTime)
        #expect(status.realTime.allSatisfy { $0 & 0x93 == 0x12 } && status.automatic[0] & 0x93 == 0x10)
    }

    @Test(
        "a queued status tells of paper near its end",
        arguments: [(.ready, 0), (.paperNearEnd, 3)] as [(VirtualPrinter.Condition, UInt8)])
    func queuedStatus(condition: VirtualPrinter.Condition, answer: UInt8) {
        var body = PrinterBody(configuration: .init())
        body.set(condition)
        body.take(Escpos.paperStatus[...])
        #expect(body.collectAnswers() == [answer])
    }

    @Test("initialising ends the status that comes unasked")
    func initialise() {
        var body = PrinterBody(configuration: .init())
        body.take((Escpos.statusBack + Escpos.initialise)[...])
        _ = body.collectAnswers()
        body.set(.coverOpen)
        #expect(body.collectAnswers().isEmpty)
    }

    @Test("paper that runs out in the middle of an image is finished from the same row later")
    func runsOut() throws {
        let picture = pattern(width: 64, height: 40)
        var configuration = VirtualPrinter.Configuration()
        configuration.widthInDots = 64
        var body = PrinterBody(configuration: configuration)
        body.paperEnds(afterRows: 25)
        body.take((Escpos.raster(picture) + Escpos.cut + Escpos.paperStatus)[...])
        body.take(Escpos.status(4)[...])
        #expect(body.condition == .paperOut)
        #expect(body.uncutPaper == picture.rows(0..<25))
        #expect(body.collectAnswers() == [0x7E])
        #expect(body.collectPapers().isEmpty)
        body.set(.ready)
        #expect(body.collectPapers().map(\.bitmap) == [picture])
        #expect(body.collectAnswers() == [0x00])
    }

    @Test(
        "a cutter error is recovered from by DLE ENQ 1, and DLE ENQ 2 forgets what was waiting",
        arguments: [(1, 30), (2, 0)] as [(UInt8, Int)])
    func recover(n: UInt8, rows: Int) {
        var body = PrinterBody(configuration: .init())
        body.set(.cutterError)
        body.take([0x0A, 0x10, 0x05, n])
        #expect(body.condition == .ready)
        #expect(body.uncutPaper.height == rows)
    }

    @Test("a paper that never ends stops the printer, until somebody tears it off")
    func endless() {
        var configuration = VirtualPrinter.Configuration()
        configuration.longestPaper = 1000
        var body = PrinterBody(configuration: configuration)
        for _ in 0..<6 { body.take([0x1B, 0x4A, 255]) }
        #expect(body.condition == .unrecoverableError)
        #expect(body.uncutPaper.height == 4 * 255)
        body.set(.ready)
        #expect(body.condition == .ready)
        #expect(body.uncutPaper.height == 2 * 255)
        body.take([0x1D, 0x76, 0x30, 0, 1, 0, 0xE9, 0x03])
        #expect(body.condition == .unrecoverableError)
    }
}
