/// What is known to differ between makes of ESC/POS printers.
public struct PrinterProfile: Sendable, Hashable {
    public var name: String
    /// The most rows sent as one raster image.
    public let bandHeight: Int
    /// A stretch of at least this many blank rows inside an image is fed rather than sent.
    public let blankRowsFed: Int
    /// Rows fed beyond the cutting position before a cut.
    public var cutFeed: UInt8
    /// Rows fed in place of a cut, so that the last line clears the tear bar.
    public var tearFeed: UInt8
    public var drawer: DrawerPulse
    /// Whether the printer is asked to tell of changes unasked (ASB).
    public var automaticStatus: Bool

    /// A band height that is a multiple of 48 is taken one lower: some printers garble such images.
    public init(
        name: String, bandHeight: Int = 128, blankRowsFed: Int = 24, cutFeed: UInt8 = 24, tearFeed: UInt8 = 120,
        drawer: DrawerPulse = DrawerPulse(), automaticStatus: Bool = true
    ) {
        self.name = name
        let height = min(max(bandHeight, 1), 2_000)
        self.bandHeight = height.isMultiple(of: 48) ? height - 1 : height
        self.blankRowsFed = max(blankRowsFed, 1)
        self.cutFeed = cutFeed
        self.tearFeed = tearFeed
        self.drawer = drawer
        self.automaticStatus = automaticStatus
    }

    /// Commands that every ESC/POS printer is expected to know.
    public static let generic = PrinterProfile(name: "generic")
}
