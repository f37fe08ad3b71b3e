/// Encodes what a printer is to do as ESC/POS bytes. Nothing is remembered between calls: parts encoded apart can be appended.
///
/// The commands are those of Epson's "ESC/POS Command Reference for TM Printers".
public struct ESCPOS: Sendable {
    public let profile: PrinterProfile

    public init(profile: PrinterProfile = .generic) {
        self.profile = profile
    }

    /// `ESC @`: what an earlier sender left in the printer is undone. It ends ASB and the unit of feeds too, so `GS a` and
    /// `GS P` come after it.
    public func initialise() -> [UInt8] {
        var bytes: [UInt8] = [0x1B, 0x40]
        if profile.automaticStatus { bytes += [0x1D, 0x61, 0x0F] }
        if case .motion(let unitsPerInch?) = profile.feed { bytes += [0x1D, 0x50, 0, unitsPerInch] }
        return bytes
    }

    /// Blank rows of a dot each.
    public func feed(rows: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var left = max(rows, 0)
        while left > 0 {
            switch profile.feed {
            case .motion:
                let step = min(left, 255)
                bytes += [0x1B, 0x4A, UInt8(step)]
                left -= step
            case .blankImage:
                // A height of 48 is one that some printers garble.
                let step = min(left, 47)
                bytes += [0x1D, 0x76, 0x30, 0, 1, 0, UInt8(step), 0] + [UInt8](repeating: 0, count: step)
                left -= step
            }
        }
        return bytes
    }

    /// `GS V 65` or `GS V 66`: feed to the cutting position and cut as far as the printer can; or, without a cut, feed to
    /// the tear bar.
    public func cut(_ kind: CutKind) -> [UInt8] {
        switch cutMade(of: kind) {
        case .none: feed(rows: Int(profile.tearFeed))
        case .full: [0x1D, 0x56, 65, profile.cutFeed]
        case .partial: [0x1D, 0x56, 66, profile.cutFeed]
        }
    }

    /// The cut that this make has for one that is asked for.
    public func cutMade(of kind: CutKind) -> CutKind {
        switch (kind, profile.cutter) {
        case (.none, _), (_, .none): .none
        case (.full, .fullAndPartial): .full
        case (.full, .partialOnly), (.partial, _): .partial
        }
    }

    /// `ESC p`: opens the cash drawer.
    public func openDrawer() -> [UInt8] {
        [0x1B, 0x70, profile.drawer.pin, profile.drawer.on, profile.drawer.off]
    }
}
