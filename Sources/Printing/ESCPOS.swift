/// Encodes what a printer is to do as ESC/POS bytes. Nothing is remembered between calls: parts encoded apart can be appended.
///
/// The commands are those of Epson's "ESC/POS Command Reference for TM Printers".
public struct ESCPOS: Sendable {
    public let profile: PrinterProfile

    public init(profile: PrinterProfile = .generic) {
        self.profile = profile
    }

    /// `ESC @`: what an earlier sender left in the printer is undone. It ends ASB too, so `GS a` comes after it.
    public func initialise() -> [UInt8] {
        [0x1B, 0x40] + (profile.automaticStatus ? [0x1D, 0x61, 0x0F] : [])
    }

    /// `ESC J`: blank rows, one dot each.
    public func feed(rows: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var left = max(rows, 0)
        while left > 0 {
            let step = min(left, 255)
            bytes += [0x1B, 0x4A, UInt8(step)]
            left -= step
        }
        return bytes
    }

    /// `GS V 65` or `GS V 66`: feed to the cutting position and cut as far as the printer can; or, without a cut, feed to
    /// the tear bar.
    public func cut(_ kind: CutKind) -> [UInt8] {
        switch (kind, profile.cutter) {
        case (.none, _), (_, .none): feed(rows: Int(profile.tearFeed))
        case (.full, .fullAndPartial): [0x1D, 0x56, 65, profile.cutFeed]
        case (.full, .partialOnly), (.partial, _): [0x1D, 0x56, 66, profile.cutFeed]
        }
    }

    /// `ESC p`: opens the cash drawer.
    public func openDrawer() -> [UInt8] {
        [0x1B, 0x70, profile.drawer.pin, profile.drawer.on, profile.drawer.off]
    }
}
