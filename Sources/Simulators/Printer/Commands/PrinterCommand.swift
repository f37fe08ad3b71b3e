/// One thing that a stream of ESC/POS asks for. Dots are the printer's, 203 to the inch.
enum PrinterCommand: Equatable, Sendable {
    enum Alignment: Equatable, Sendable {
        case left, centre, right
    }

    /// A character that would be printed, by its code.
    case character(UInt8)
    case lineFeed
    case initialise
    case align(Alignment)
    case leftMargin(dots: Int)
    case areaWidth(dots: Int)
    case absolutePosition(dots: Int)
    /// nil for the printer's own.
    case lineSpacing(dots: Int?)
    /// ESC J, in motion units.
    case feed(Int)
    case feedLines(Int)
    /// GS P: vertical motion units to the inch; 0 for the printer's own.
    case motionUnit(perInch: Int)
    /// The head of GS v 0; its rows follow one by one.
    case raster(RasterHead)
    case rasterRow([UInt8])
    case cut(VirtualPrinter.CutKind, feed: Int)
    case drawerPulse
    /// GS a: which changes are reported unasked; 0 for none.
    case automaticStatusBack(UInt8)
    /// GS r.
    case queuedStatus(UInt8)
    /// GS ( H, function 48.
    case processID([UInt8])
    /// DLE EOT: answered at once.
    case realTimeStatus(UInt8)
    /// DLE ENQ: acted upon at once.
    case realTimeRequest(UInt8)
    /// DLE DC4, function 1: acted upon at once.
    case realTimeDrawerPulse
    /// A command whose length is known and that leaves no trace on this paper.
    case undrawn(String)
    case unknown(String)

    struct RasterHead: Equatable, Sendable {
        /// How often each dot is drawn side by side.
        let horizontalScale: Int
        /// How often each row is drawn.
        let verticalScale: Int
        let bytesPerRow: Int
        let rows: Int
    }

    var isRealTime: Bool {
        switch self {
        case .realTimeStatus, .realTimeRequest, .realTimeDrawerPulse: true
        default: false
        }
    }
}
