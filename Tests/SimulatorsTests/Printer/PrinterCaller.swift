import Foundation
import Raster

@testable import Simulators

/// Runs a virtual printer while something is done with it.
func withPrinter(
    _ configure: (inout VirtualPrinter.Configuration) -> Void = { _ in },
    _ body: (VirtualPrinter, Int) async throws -> Void
) async throws {
    var configuration = VirtualPrinter.Configuration()
    configure(&configuration)
    let printer = VirtualPrinter(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await printer.run() }
        defer { group.cancelAll() }
        try await body(printer, printer.address().port)
    }
}

/// ESC/POS as somebody writes it who has never seen the simulator's reader.
enum Escpos {
    static let initialise: [UInt8] = [0x1B, 0x40]
    static let cut: [UInt8] = [0x1D, 0x56, 66, 0]
    static let pulse: [UInt8] = [0x1B, 0x70, 0, 25, 250]
    static let statusBack: [UInt8] = [0x1D, 0x61, 0x0F]
    static let paperStatus: [UInt8] = [0x1D, 0x72, 1]

    static func processID(_ id: String) -> [UInt8] {
        [0x1D, 0x28, 0x48, 6, 0, 48, 48] + Array(id.utf8)
    }

    static func answer(toProcessID id: String) -> [UInt8] {
        [0x37, 0x22] + Array(id.utf8) + [0]
    }

    static func status(_ n: UInt8) -> [UInt8] { [0x10, 0x04, n] }

    static func raster(_ bitmap: Bitmap, mode: UInt8 = 0) -> [UInt8] {
        let (width, height) = (bitmap.bytesPerRow, bitmap.height)
        return [0x1D, 0x76, 0x30, mode, UInt8(width & 255), UInt8(width >> 8), UInt8(height & 255), UInt8(height >> 8)]
            + bitmap.bytes
    }
}

/// A picture without symmetry, the same at each run.
func pattern(width: Int, height: Int, seed: UInt64 = 1) -> Bitmap {
    var random = SeededGenerator(state: seed)
    var bitmap = Bitmap(width: width, height: height)
    for y in 0..<height {
        for x in 0..<width where random.next() & 3 == 0 { bitmap[x, y] = true }
    }
    return bitmap
}

/// Knuth's 64-bit linear congruential generator, with its upper bits folded down.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }
}
