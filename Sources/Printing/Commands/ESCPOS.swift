/// Encodes a printer's work as ESC/POS bytes. It remembers nothing between calls: parts encoded separately can be
/// appended.
///
/// The commands are those of Epson's "ESC/POS Command Reference for TM Printers".
public struct ESCPOS: Sendable {
    public let profile: PrinterProfile

    public init(profile: PrinterProfile = .generic) {
        self.profile = profile
    }

    /// `ESC @`: resets what an earlier sender left in the printer. It also ends ASB and the unit of feeds, so `GS a`
    /// and `GS P` come after it.
    public func initialise() -> [UInt8] {
        var bytes: [UInt8] = [0x1B, 0x40]
        if profile.automaticStatus { bytes += [0x1D, 0x61, 0x0F] }
        if case .motion(let unitsPerInch?) = profile.paper.feed { bytes += [0x1D, 0x50, 0, unitsPerInch] }
        return bytes
    }

    /// Blank rows of one dot each.
    public func feed(rows: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var left = max(rows, 0)
        while left > 0 {
            switch profile.paper.feed {
            case .motion:
                let step = min(left, 255)
                bytes += [0x1B, 0x4A, UInt8(step)]
                left -= step
            case .blankImage:
                // Some printers garble images of a height of 48.
                let step = min(left, 47)
                bytes += [0x1D, 0x76, 0x30, 0, 1, 0, UInt8(step), 0] + [UInt8](repeating: 0, count: step)
                left -= step
            }
        }
        return bytes
    }

    /// `GS V 65` or `GS V 66`: feeds to the cutting position and cuts as far as the printer can; or, without a cut,
    /// feeds to the tear bar.
    public func cut(_ kind: CutKind) -> [UInt8] {
        switch cutMade(of: kind) {
        case .none: feed(rows: Int(profile.paper.tearFeed))
        case .full: [0x1D, 0x56, 65, profile.paper.cutFeed]
        case .partial: [0x1D, 0x56, 66, profile.paper.cutFeed]
        }
    }

    /// This make's cut for the requested one.
    public func cutMade(of kind: CutKind) -> CutKind {
        switch (kind, profile.paper.cutter) {
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
