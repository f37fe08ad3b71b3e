extension PrinterProfile {
    /// How a make moves its paper and cuts it.
    public struct Paper: Sendable, Hashable {
        /// How rows are left blank.
        public var feed: Feed
        /// The printer's cuts, each after a feed to the cutting position.
        public var cutter: Cutter
        /// Rows fed beyond the cutting position before a cut.
        public var cutFeed: UInt8
        /// Rows fed instead of a cut: the last line then clears the tear bar.
        public var tearFeed: UInt8

        public init(
            feed: Feed = .blankImage, cutter: Cutter = .fullAndPartial, cutFeed: UInt8 = 24, tearFeed: UInt8 = 120
        ) {
            self.feed = feed
            self.cutter = cutter
            self.cutFeed = cutFeed
            self.tearFeed = tearFeed
        }

        /// How a printer is made to leave rows blank.
        public enum Feed: Sendable, Hashable {
            /// `ESC J`, in the printer's own unit if that is a dot, or in the unit that `GS P` sets, this many to the inch.
            case motion(unitsPerInch: UInt8?)
            /// A blank image, one byte wide. It takes a few more bytes, and is right for any unit of `ESC J`: a dot for
            /// most clones, half a dot for some makes.
            case blankImage
        }

        /// How a printer cuts.
        public enum Cutter: String, Sendable, Hashable, CaseIterable {
            /// `GS V 65` cuts wholly, `GS V 66` leaves one point.
            case fullAndPartial
            /// `GS V 66` alone.
            case partialOnly
            /// None: paper is fed to the tear bar for every requested cut.
            case none
        }
    }
}
