import Printing
import Raster
import Simulators
import Testing

/// A paper comes out dot for dot, whatever the printer counts its feeds in.
@Suite(.timeLimit(.minutes(1))) struct MotionUnitTests {
    private static let picture: Bitmap = {
        var picture = Bitmap(width: 576, height: 700)
        for y in 0..<700 where y % 90 < 20 { picture[(y * 31) % 576, y] = true }
        for y in 0..<200 {
            for x in 0..<200 where (x / 2 + y / 2) % 3 == 0 { picture[180 + x, 300 + y] = true }
        }
        return picture
    }()

    @Test(
        "blank rows are as high as they are wide on paper",
        arguments: [(.generic, 203), (.generic, 406), (.epsonTM, 203), (.epsonTM, 406), (.clone58, 203)]
            as [(PrinterProfile, Int)])
    func sameRows(profile: PrinterProfile, unitsPerInch: Int) async throws {
        var configuration = VirtualPrinter.Configuration()
        configuration.motionUnitsPerInch = unitsPerInch
        let machine = VirtualPrinter(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            let address = try await machine.address()
            let printer = Printer(
                name: "front", device: .tcp(host: address.host, port: address.port),
                model: PrinterModel(profile: profile))
            let session = try await printer.open()
            let encoder = printer.encoder
            try await session.send(encoder.initialise() + encoder.image(Self.picture) + [0x1D, 0x56, 0])
            _ = try await session.complete()
            await session.close()
            let paper = try await machine.paper(atLeast: 1, within: .seconds(10))
            #expect(paper.bitmap == Self.picture)
            group.cancelAll()
        }
    }
}
