/// Sizes and distances, in dots of an eighth of a millimetre, chosen for the three usual widths of paper.
struct PaperMetrics: Sendable, Equatable {
    /// No receipt printer's paper is narrower or wider.
    static let acceptedWidths = 256...2_400

    /// The paper's printable width.
    let width: Int
    /// Kept free at either side. The print head leaves some millimetres free as well.
    let margin: Int
    let bodySize: Int
    let smallSize: Int
    let titleSize: Int
    let headingSize: Int
    let totalSize: Int

    init(width: Int) throws(ReceiptError) {
        guard Self.acceptedWidths.contains(width) else {
            throw ReceiptError(
                .paperWidth,
                "the paper is \(width) dots wide; receipts need \(Self.acceptedWidths.lowerBound) to "
                    + "\(Self.acceptedWidths.upperBound) (58 mm paper has 384, 80 mm paper 576)")
        }
        self.width = width
        margin = width / 48
        // Thai in Loma is solid in one bit from 20 dots upwards; 58 mm paper needs every dot of its width.
        let isNarrow = width < 440
        bodySize = isNarrow ? 22 : 24
        smallSize = 20
        titleSize = isNarrow ? 30 : 34
        headingSize = isNarrow ? 32 : 38
        totalSize = isNarrow ? 30 : 36
    }

    /// The width between the margins.
    var contentWidth: Int { width - 2 * margin }
    /// The least distance between two texts on one line.
    var gutter: Int { bodySize / 2 }
    /// The indent of details and of a name's further lines.
    var indent: Int { bodySize / 2 }
    /// A rule and the space above and below it.
    var ruleHeight: Int { 18 }
    var signWidth: Int { bodySize }

    func face(_ role: TextRole) -> TextFace {
        switch role {
        case .title: TextFace(size: titleSize, isBold: true)
        case .heading: TextFace(size: headingSize, isBold: true)
        case .total: TextFace(size: totalSize, isBold: true)
        case .body: TextFace(size: bodySize, isBold: false)
        case .strong: TextFace(size: bodySize, isBold: true)
        case .small: TextFace(size: smallSize, isBold: false)
        }
    }

    func height(_ space: Block.Space) -> Int {
        switch space {
        case .small: bodySize / 3
        case .medium: bodySize * 2 / 3
        }
    }
}
