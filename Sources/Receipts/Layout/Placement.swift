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

/// One thing and its position.
struct Placement: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        case text(TextSpec, isWhite: Bool)
        /// A black rectangle.
        case fill
        /// A black border along the frame's inside, this many dots thick.
        case border(Int)
        /// Black dashes, this many dots long and apart.
        case dashes(Int)
        case picture(Bitmap)
        case code(QRCode)
    }

    var frame: Frame
    var content: Content
}

extension Placement {
    /// The black rectangles that make up rules and borders; none for anything else.
    var strokes: [Frame] {
        switch content {
        case .fill:
            return [frame]
        case .border(let strength):
            var (top, bottom, left, right) = (frame, frame, frame, frame)
            (top.height, bottom.height, left.width, right.width) = (strength, strength, strength, strength)
            bottom.y = frame.bottom - strength
            right.x = frame.right - strength
            return [top, bottom, left, right]
        case .dashes(let length):
            return stride(from: frame.x, to: frame.right, by: 2 * length).map { x in
                Frame(x: x, y: frame.y, width: min(length, frame.right - x), height: frame.height)
            }
        case .text, .picture, .code:
            return []
        }
    }
}
