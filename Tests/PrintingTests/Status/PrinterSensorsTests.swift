import Printing
import Testing

@Suite struct PrinterSensorsTests {
    @Test("what a printer never told is not known")
    func unknown() {
        let status = PrinterStatus(told: [.online, .paperEnd])
        #expect(status[.online] == true)
        #expect(status[.paperEnd] == false)
        #expect(status[.cutter] == nil)
        #expect(PrinterStatus(unrecoverableError: true)[.error] == true)
    }

    @Test("a new conversation's first answers leave the rest as it was")
    func completed() {
        let nearEnd = PrinterStatus(paperNearEnd: true)
        #expect(PrinterStatus(told: .online).completed(from: nearEnd) == nearEnd)
        let empty = PrinterStatus(online: false, paperEnd: true, paperNearEnd: true)
        #expect(PrinterStatus(online: false, told: .online).completed(from: empty) == empty)
        #expect(PrinterStatus(told: .online).completed(from: nil)[.cover] == nil)
    }

    @Test("a printer that is online again has none of the faults that took it off line")
    func mended() {
        for fault in [
            PrinterStatus(online: false, coverOpen: true), PrinterStatus(online: false, paperEnd: true),
            PrinterStatus(online: false, cutterError: true), PrinterStatus(online: false, otherError: true),
        ] {
            #expect(PrinterStatus(told: .online).completed(from: fault) == PrinterStatus())
        }
    }
}
