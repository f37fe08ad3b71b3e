import Raster

/// A rectangle on the paper, in dots from its top left corner.
struct Frame: Sendable, Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    var bottom: Int { y + height }
    var right: Int { x + width }
}

/// One thing and where it stands.
struct Placement: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        case text(TextSpec, isWhite: Bool)
        /// A black rectangle.
        case fill
        /// A black border around the frame's inside, so many dots strong.
        case border(Int)
        /// Black dashes, so many dots long and apart.
        case dashes(Int)
        case picture(Bitmap)
    }

    var frame: Frame
    var content: Content
}
