/// What is known to differ between makes of ESC/POS printers.
public struct PrinterProfile: Sendable, Hashable {
    public var name: String
    /// The most rows sent as one raster image.
    public let bandHeight: Int
    /// A stretch of at least this many blank rows inside an image is fed rather than sent.
    public let blankRowsFed: Int
    /// How rows are left blank.
    public var feed: Feed
    /// Whether `ESC $` moves raster images too, so that their left margin need not be sent.
    public var placesImages: Bool
    /// How the printer is told to cut, each after a feed to the cutting position.
    public var cutter: Cutter
    /// Rows fed beyond the cutting position before a cut.
    public var cutFeed: UInt8
    /// Rows fed in place of a cut, so that the last line clears the tear bar.
    public var tearFeed: UInt8
    public var drawer: DrawerPulse
    /// Whether the printer is asked to tell of changes unasked (ASB).
    public var automaticStatus: Bool
    /// The best proof of a paper that this make is documented to give; nil where nothing is documented. What a printer is
    /// asked for does not hang on it: that is found out by asking.
    public var documentedProof: Confirmation?

    /// How a printer is made to leave rows blank.
    public enum Feed: Sendable, Hashable {
        /// `ESC J`, in the printer's own unit where that is a dot, or in the unit that `GS P` is to set, so many to the inch.
        case motion(unitsPerInch: UInt8?)
        /// A blank image, one byte wide. A little longer, and right whatever the unit of `ESC J` is: a dot for most clones, half
        /// a dot for some makes.
        case blankImage
    }

    /// What a printer cuts with.
    public enum Cutter: String, Sendable, Hashable, CaseIterable {
        /// `GS V 65` cuts wholly, `GS V 66` leaves one point.
        case fullAndPartial
        /// `GS V 66` alone.
        case partialOnly
        /// None: paper is fed to the tear bar, whatever cut is asked for.
        case none
    }

    /// A band height that is a multiple of 48 is taken one lower: some printers garble such images.
    public init(
        name: String, bandHeight: Int = 128, blankRowsFed: Int = 3, feed: Feed = .blankImage,
        placesImages: Bool = false, cutter: Cutter = .fullAndPartial, cutFeed: UInt8 = 24, tearFeed: UInt8 = 120,
        drawer: DrawerPulse = DrawerPulse(), automaticStatus: Bool = true, documentedProof: Confirmation? = nil
    ) {
        self.name = name
        let height = min(max(bandHeight, 1), 2_000)
        self.bandHeight = height.isMultiple(of: 48) ? height - 1 : height
        self.blankRowsFed = max(blankRowsFed, 1)
        self.feed = feed
        self.placesImages = placesImages
        self.cutter = cutter
        self.cutFeed = cutFeed
        self.tearFeed = tearFeed
        self.drawer = drawer
        self.automaticStatus = automaticStatus
        self.documentedProof = documentedProof
    }
}
