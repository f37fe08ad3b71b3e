import Simulators

/// A printer whose roll ends, whose cover is opened, or whose connection drops or stalls in the middle of a paper.
struct PrinterTrouble {
    let printer: VirtualPrinter
    var dice: Dice

    /// Until cancelled; then the printer is well again.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(500...4_000))
            await trouble()
        }
        await printer.clearFaults()
        await printer.set(.ready)
    }

    private mutating func trouble() async {
        switch dice.number(0...5) {
        case 0, 1:
            await printer.inject(.dropAfter(bytes: dice.number(0...20_000)))
        case 2:
            await printer.inject(.stallAfter(bytes: dice.number(0...20_000)))
            try? await Task.sleep(for: dice.milliseconds(100...1_500))
            await printer.clearFaults()
        case 3:
            await printer.inject(.paperOutAfter(rows: dice.number(0...900)))
            try? await Task.sleep(for: dice.milliseconds(300...4_000))
            await printer.clearFaults()
            await printer.set(.ready)
        case 4:
            await printer.set(.coverOpen)
            try? await Task.sleep(for: dice.milliseconds(100...3_000))
            await printer.set(.ready)
        default:
            await printer.inject(.refuseConnections)
            try? await Task.sleep(for: dice.milliseconds(100...1_000))
            await printer.clearFaults()
        }
    }
}
