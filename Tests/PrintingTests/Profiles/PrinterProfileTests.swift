import Printing
import Testing

@Suite struct PrinterProfileTests {
    @Test("a profile is found by its name, and no other is made up") func named() {
        #expect(PrinterProfile.all.map(\.name) == ["generic", "epson-tm", "clone-58"])
        for profile in PrinterProfile.all { #expect(PrinterProfile.named(profile.name) == profile) }
        #expect(PrinterProfile.named("star") == nil)
    }

    @Test(
        "a printer is told to cut only as it can",
        arguments: [
            (.generic, .full, [0x1D, 0x56, 65, 24]), (.generic, .partial, [0x1D, 0x56, 66, 24]),
            (.epsonTM, .full, [0x1D, 0x56, 66, 24]), (.epsonTM, .partial, [0x1D, 0x56, 66, 24]),
            (.clone58, .full, [0x1B, 0x4A, 120]), (.clone58, .partial, [0x1B, 0x4A, 120]),
            (.epsonTM, .none, [0x1B, 0x4A, 120]),
        ] as [(PrinterProfile, CutKind, [UInt8])])
    func cut(profile: PrinterProfile, kind: CutKind, bytes: [UInt8]) {
        #expect(ESCPOS(profile: profile).cut(kind) == bytes)
    }

    @Test("no profile sends bands that clones garble", arguments: PrinterProfile.all)
    func bands(profile: PrinterProfile) {
        #expect(!profile.images.bandHeight.isMultiple(of: 48))
        #expect(profile.images.bandHeight < 2_000)
    }
}
