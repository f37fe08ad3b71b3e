import Testing

@testable import Printing

@Suite struct StatusBookTests {
    @Test("a printer that has said nothing has no status") func silent() {
        var book = StatusBook()
        #expect(book.status == nil)
        book.take(.realTime(0x12))
        #expect(book.status == nil, "nobody had asked")
    }

    @Test(
        "each bit of a real-time answer is read under its own question",
        arguments: [
            (.printer, 0x12, PrinterStatus()),
            (.printer, 0x1A, PrinterStatus(.offline)),
            (.offlineCause, 0x16, PrinterStatus(.coverOpen)),
            (.offlineCause, 0x32, PrinterStatus(.paperEnd)),
            (.offlineCause, 0x52, PrinterStatus(.otherError)),
            (.errorCause, 0x1A, PrinterStatus(.cutterError)),
            (.errorCause, 0x32, PrinterStatus(.unrecoverableError)),
            (.errorCause, 0x52, PrinterStatus(.otherError)),
            (.paper, 0x1E, PrinterStatus(.paperNearEnd)),
            (.paper, 0x72, PrinterStatus(.paperEnd)),
        ] as [(RealTimeTopic, UInt8, PrinterStatus)])
    func realTime(topic: RealTimeTopic, byte: UInt8, status: PrinterStatus) {
        var book = StatusBook()
        book.ask([topic])
        book.take(.realTime(byte))
        var expected = status
        expected.told = topic.sensors
        #expect(book.status == expected)
    }

    @Test(
        "an automatic status says all at once",
        arguments: [
            ([0x10, 0, 0, 0], PrinterStatus()),
            ([0x18, 0, 0x0C, 0], PrinterStatus([.offline, .paperEnd])),
            ([0x38, 0, 0, 0], PrinterStatus([.offline, .coverOpen])),
            ([0x18, 0x08, 0, 0], PrinterStatus([.offline, .cutterError])),
            ([0x18, 0x20, 0, 0], PrinterStatus([.offline, .unrecoverableError])),
            ([0x10, 0, 0x03, 0], PrinterStatus(.paperNearEnd)),
        ] as [([UInt8], PrinterStatus)])
    func automatic(bytes: [UInt8], status: PrinterStatus) {
        var book = StatusBook(expectsReports: true)
        book.take(.automatic(bytes))
        #expect(book.status == status)
        book.take(.automatic([0x10, 0, 0, 0]))
        #expect(book.status == PrinterStatus())
    }

    @Test("answers are matched to questions in their order") func order() {
        var book = StatusBook()
        book.ask([.printer, .paper])
        book.take(.realTime(0x12))
        book.take(.realTime(0x72))
        #expect(book.status == PrinterStatus(.paperEnd, told: [.online, .paperNearEnd, .paperEnd]))
        #expect(book.asked.isEmpty)
    }

    @Test("the queued status tells of paper") func queued() {
        var book = StatusBook()
        book.askQueued()
        book.askQueued()
        book.take(.queued(0x0C))
        #expect(book.status?.faults.contains(.paperEnd) == true)
        book.take(.queued(0x03))
        #expect(book.status == PrinterStatus(.paperNearEnd, told: [.paperNearEnd, .paperEnd]))
    }

    @Test("what nobody asked for changes nothing, however it looks") func unasked() {
        var book = StatusBook()
        #expect(book.take(.automatic([0x38, 0, 0x0C, 0])) == .ignored, "nobody asked for reports")
        #expect(book.take(.queued(0x0C)) == .ignored)
        #expect(book.take(.realTime(0x1A)) == .ignored)
        #expect(book.take(.queued(UInt8(ascii: "l"))) == .noise, "text is no answer to GS r")
        book.askQueued()
        #expect(book.take(.queued(UInt8(ascii: "l"))) == .noise, "asked for or not")
        #expect(book.status == nil)
        #expect(book.take(.queued(0x00)) == .answer)
        #expect(book.take(.queued(0x0C)) == .ignored, "one question, one answer")
        #expect(book.status?.faults.contains(.paperEnd) == false)
    }

    @Test("the summary names the cause, and only what can print says ready") func summaries() {
        #expect(PrinterStatus([.offline, .paperEnd]).summary == "out of paper")
        #expect(PrinterStatus([.offline, .coverOpen, .paperEnd]).summary == "cover open")
        #expect(PrinterStatus(.offline).summary == "offline")
        #expect(PrinterStatus(.paperNearEnd).summary == "ready, paper nearly out")
        #expect(PrinterStatus(.paperNearEnd).canPrint)
        #expect(!PrinterStatus(.otherError).canPrint)
    }
}
