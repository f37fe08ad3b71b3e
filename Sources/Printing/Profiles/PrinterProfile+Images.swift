extension PrinterProfile {
    /// How pictures are sent to a make.
    public struct Images: Sendable, Hashable {
        /// The most rows sent as one raster image.
        public let bandHeight: Int
        /// A stretch of at least this many blank rows inside an image is fed rather than sent.
        public let blankRowsFed: Int
        /// Whether `ESC $` moves raster images too, so that their left margin need not be sent.
        public let canBePlaced: Bool

        /// A band height that is a multiple of 48 is lowered by one: some printers garble such images.
        public init(bandHeight: Int = 128, blankRowsFed: Int = 3, canBePlaced: Bool = false) {
            let height = min(max(bandHeight, 1), 2_000)
            self.bandHeight = height.isMultiple(of: 48) ? height - 1 : height
            self.blankRowsFed = max(blankRowsFed, 1)
            self.canBePlaced = canBePlaced
        }
    }
}
