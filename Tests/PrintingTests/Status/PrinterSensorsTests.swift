import Printing
import Testing

@Suite struct PrinterSensorsTests {
    @Test("what a printer never told is not known")
    func unknown() {
        let status = PrinterStatus(told: [.online, .paperEnd])
        #expect(status[.online] == true)
        #expect(status[.paperEnd] == false)
        #expect(status[.cutter] == nil)
        #expect(PrinterStatus(.unrecoverableError)[.error] == true)
    }

    @Test("a new conversation's first answers leave the rest as it was")
    func completed() {
        let nearEnd = PrinterStatus(.paperNearEnd)
        #expect(PrinterStatus(told: .online).completed(from: nearEnd) == nearEnd)
        let empty = PrinterStatus([.offline, .paperEnd, .paperNearEnd])
        #expect(PrinterStatus(.offline, told: .online).completed(from: empty) == empty)
        #expect(PrinterStatus(told: .online).completed(from: nil)[.cover] == nil)
    }

    @Test("a printer that is online again has none of the faults that took it off line")
    func mended() {
        for fault in [
            PrinterStatus([.offline, .coverOpen]), PrinterStatus([.offline, .paperEnd]),
            PrinterStatus([.offline, .cutterError]), PrinterStatus([.offline, .otherError]),
        ] {
            #expect(PrinterStatus(told: .online).completed(from: fault) == PrinterStatus())
        }
    }
}
