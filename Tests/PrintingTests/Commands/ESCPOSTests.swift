import Printing
import Raster
import Testing

@Suite struct ESCPOSTests {
    let encoder = ESCPOS()

    @Test("initialising turns automatic status on again, as ESC @ turns it off") func initialise() {
        #expect(encoder.initialise() == [0x1B, 0x40, 0x1D, 0x61, 0x0F])
        #expect(ESCPOS(profile: PrinterProfile(name: "x", automaticStatus: false)).initialise() == [0x1B, 0x40])
        #expect(ESCPOS(profile: .epsonTM).initialise() == [0x1B, 0x40, 0x1D, 0x61, 0x0F, 0x1D, 0x50, 0, 203])
    }

    @Test(
        "a feed longer than 255 rows is sent in several",
        arguments: [
            (0, []), (-3, []), (1, [0x1B, 0x4A, 1]), (255, [0x1B, 0x4A, 255]), (256, [0x1B, 0x4A, 255, 0x1B, 0x4A, 1]),
        ] as [(Int, [UInt8])])
    func feed(rows: Int, bytes: [UInt8]) {
        #expect(ESCPOS(profile: .epsonTM).feed(rows: rows) == bytes)
    }

    @Test("each kind of cut has its own bytes") func cuts() {
        let encoder = ESCPOS(
            profile: PrinterProfile(
                name: "x", paper: .init(feed: .motion(unitsPerInch: nil), cutFeed: 7, tearFeed: 9)))
        #expect(encoder.cut(.full) == [0x1D, 0x56, 65, 7])
        #expect(encoder.cut(.partial) == [0x1D, 0x56, 66, 7])
        #expect(encoder.cut(.none) == [0x1B, 0x4A, 9])
    }

    @Test("the drawer's pulse is the profile's") func drawer() {
        let profile = PrinterProfile(name: "x", drawer: DrawerPulse(pin: 1, on: 30, off: 200))
        #expect(ESCPOS(profile: profile).openDrawer() == [0x1B, 0x70, 1, 30, 200])
        #expect(encoder.openDrawer() == [0x1B, 0x70, 0, 25, 250])
    }

    @Test("the questions have the bytes of Epson's reference") func questions() throws {
        let id = try #require(ProcessID(Array("Ab1~".utf8)))
        #expect(
            ESCPOS.processIDRequest(id) == [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x41, 0x62, 0x31, 0x7E])
        #expect(ESCPOS.queuedStatusRequest == [0x1D, 0x72, 1])
        #expect(RealTimeTopic.allCases.map(ESCPOS.realTimeStatusRequest) == (1...4).map { [0x10, 0x04, $0] })
        #expect(ProcessID([0x41, 0x42, 0x43, 0x1F]) == nil)
        #expect(ProcessID([0x41, 0x42, 0x43]) == nil)
    }

    @Test("a fresh process ID can be sent, and is another one than the last") func freshProcessIDs() {
        let ids = (0..<50).map { _ in ProcessID() }
        #expect(ids.allSatisfy { ProcessID($0.bytes) == $0 })
        #expect(Set(ids).count > 40)
    }

    @Test(
        "a band height is never a multiple of 48", arguments: [(128, 128), (96, 95), (48, 47), (0, 1), (9_999, 2_000)])
    func bandHeight(asked: Int, taken: Int) {
        #expect(PrinterProfile.Images(bandHeight: asked).bandHeight == taken)
    }
}
