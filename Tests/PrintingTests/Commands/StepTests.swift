import Raster
import Testing

@testable import Printing
@testable import Simulators

/// A printer takes the first bytes after a broken conversation for the rest of the command it was in.
@Suite(.timeLimit(.minutes(2))) struct StepTests {
    private static func picture(width: Int, height: Int) -> Bitmap {
        var picture = Bitmap(width: width, height: height)
        for y in 0..<height where y % 60 < 50 {
            for x in stride(from: (y * 7) % 5, to: width, by: 5) { picture[x, y] = true }
        }
        return picture
    }

    @Test(
        "the NULs reach to the end of the longest command that is sent",
        arguments: PrinterProfile.all, [256, 384, 512, 576, 832])
    func longest(profile: PrinterProfile, width: Int) {
        let encoder = ESCPOS(profile: profile)
        var solid = Bitmap(width: width, height: 1_000)
        for y in 0..<1_000 { for x in 0..<width { solid[x, y] = x % 3 != y % 2 } }
        let nulls = encoder.bringIntoStep(widthInDots: width).prefix { $0 == 0 }.count
        var longest = 0
        var reader = CommandReader()
        reader.read(encoder.image(solid)) { token in
            guard case .raster(let head) = token.command else { return }
            longest = max(longest, head.bytesPerRow * head.rows)
        }
        #expect(longest > 0)
        #expect(longest + 8 <= nulls)
        #expect(nulls <= longest + width / 8 * 10 + 16, "and not much further")
    }

    @Test(
        "wherever a paper breaks off, the next one is whole after NULs and ESC @", arguments: PrinterProfile.all)
    func everywhere(profile: PrinterProfile) {
        let encoder = ESCPOS(profile: profile)
        let picture = Self.picture(width: 64, height: 140)
        let id = ProcessID()
        let paper =
            encoder.openDrawer() + encoder.initialise() + encoder.image(picture) + encoder.cut(.partial)
            + ESCPOS.processIDRequest(id) + ESCPOS.queuedStatusRequest
        var configuration = VirtualPrinter.Configuration()
        configuration.widthInDots = 64
        for broken in 0...paper.count {
            var body = PrinterBody(configuration: configuration)
            body.take(paper[..<broken])
            body.connectionHasEnded()
            _ = body.collectPapers()
            let fed = body.uncutPaper.height
            body.take(encoder.bringIntoStep(widthInDots: 64)[...])
            #expect(body.uncutPaper.height - fed <= profile.images.bandHeight, "\(broken)")
            _ = (body.collectPapers(), body.collectAnswers())
            body.take(paper[...])
            #expect(body.swallowedBytes == 0, "\(broken)")
            let strip = body.collectPapers().first?.bitmap ?? body.uncutPaper
            let end =
                strip.height
                - (profile.paper.cutter == .none ? Int(profile.paper.tearFeed) : Int(profile.paper.cutFeed))
            #expect(end >= 140 && strip.rows(end - 140..<end) == picture, "\(broken) of \(paper.count)")
            let answers = body.collectAnswers()
            #expect(answers.suffix(8) == [0x37, 0x22] + id.bytes + [0, 0], "\(broken)")
        }
    }

    @Test(
        "a printer whose connection broke in a picture is brought into step before it is asked anything",
        arguments: VirtualPrinter.RealTimeStatus.allCases, [Set(VirtualPrinter.Answer.allCases), []])
    func conversation(realTime: VirtualPrinter.RealTimeStatus, answers: Set<VirtualPrinter.Answer>) async throws {
        var configuration = VirtualPrinter.Configuration()
        configuration.realTimeStatus = realTime
        configuration.answers = answers
        let machine = VirtualPrinter(configuration: configuration)
        let picture = Self.picture(width: 576, height: 300)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            let address = try await machine.address()
            var timeouts = PrinterTimeouts()
            timeouts.probe = answers.isEmpty ? .milliseconds(200) : .seconds(20)
            timeouts.grace = .milliseconds(answers.isEmpty ? 200 : 5_000)
            /// As of a gateway that has just started: it knows nothing of the printer.
            let printer = { [timeouts] in
                Printer(name: "front", device: .tcp(host: address.host, port: address.port), timeouts: timeouts)
            }
            let known = printer()
            let paper = known.encoder.initialise() + known.encoder.image(picture) + known.encoder.cut(.partial)
            let proof: Printing.Confirmation = answers.isEmpty ? .written : .processID
            func print(on printer: Printer) async throws -> Printing.Confirmation {
                let session = try await printer.open()
                do {
                    try await session.send(paper)
                    let confirmation = try await session.complete()
                    await session.close()
                    return confirmation
                } catch {
                    await session.close()
                    throw error
                }
            }
            #expect(try await print(on: known) == proof)
            _ = try await machine.paper(atLeast: 1)
            for (round, next) in [known, printer(), known].enumerated() {
                let start = await machine.receivedByteCount
                await machine.inject(.dropAfter(bytes: 5_000))
                let error = await #expect(throws: PrintingError.self) { try await print(on: known) }
                #expect(error?.code == .connectionLost)
                await machine.clearFaults()
                #expect(await machine.receivedByteCount == start + 5_000)
                #expect(try await print(on: next) == proof)
                let whole = try await machine.paper(atLeast: round + 2).bitmap
                let end = whole.height - Int(known.profile.paper.cutFeed)
                #expect(whole.rows(end - 300..<end) == picture)
                let sent = await machine.receivedByteCount
                #expect(try await print(on: next) == proof)
                _ = try await machine.paper(atLeast: round + 2)
                #expect(await machine.receivedByteCount - sent < paper.count + 100, "and not where all is well")
                if next.memory !== known.memory { #expect(try await print(on: known) == proof) }
            }
            #expect(await machine.swallowedBytes == 0)
            group.cancelAll()
        }
    }

    @Test("what a conversation leaves behind is known: unsaid, in the middle, or heard out")
    func memory() async throws {
        let peer = try await ScriptedPrinter()
        var timeouts = PrinterTimeouts()
        timeouts.probe = .seconds(20)
        let printer = Printer(name: "front", device: .tcp(host: "127.0.0.1", port: peer.port), timeouts: timeouts)
        #expect(printer.memory.mayBeMidCommand, "nothing is known of it")
        await (try await printer.open()).close()
        #expect(!printer.memory.mayBeMidCommand, "it has answered")
        let drawer = try await printer.open()
        try await drawer.send(printer.encoder.openDrawer())
        #expect(printer.memory.mayBeMidCommand)
        try await drawer.deliver()
        #expect(!printer.memory.mayBeMidCommand, "it has taken the pulse")
        await drawer.close()
        peer.change { $0.dropsAfterBytes = 1 }
        let broken = try? await printer.open()
        if let broken {
            _ = await #expect(throws: PrintingError.self) {
                for _ in 0..<100 { try await broken.send(LinkSessionTests.paper) }
            }
            await broken.close()
        }
        #expect(printer.memory.mayBeMidCommand)
        await peer.close()
    }
}
