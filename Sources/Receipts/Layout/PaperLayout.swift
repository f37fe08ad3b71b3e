import Raster

/// Where everything stands on the paper: positions and sizes only. `measure` says how much room a text takes; nothing
/// is drawn.
struct PaperLayout {
    /// Some 125 m of 80 mm paper, more than any roll holds, and 72 MB while it is drawn.
    static let maximumDots = 576_000_000

    typealias Measure = (TextSpec) throws(ReceiptError) -> TextSize

    private(set) var placements: [Placement] = []
    /// In rows.
    private(set) var height = 0
    let metrics: PaperMetrics

    init(_ blocks: [Block], on metrics: PaperMetrics, measure: Measure) throws(ReceiptError) {
        self.metrics = metrics
        var amountWidth = 0
        for (index, block) in blocks.enumerated() {
            switch block {
            case .text(let text, let role, let alignment):
                try add(paragraph: text, metrics.face(role), alignment, measure)
            case .columns(let left, let right, let role):
                try add(left: left, right: right, metrics.face(role), measure)
            case .amount(let row):
                let follows = if index > 0, case .amount = blocks[index - 1] { true } else { false }
                if !follows { amountWidth = try Self.amountColumn(of: blocks[index...], metrics, measure) }
                try add(row, amountWidth: amountWidth, measure)
            case .rule(let rule):
                add(rule)
            case .space(let space):
                height += metrics.height(space)
            case .banner(let lines, let banner):
                try add(banner, lines, measure)
            case .image(let bitmap):
                add(.picture(bitmap), of: bitmap)
            case .qr(let text):
                let code = try QRCode(text, paperWidth: metrics.width)
                add(.code(code), of: code.bitmap)
            }
            let maximumHeight = Self.maximumDots / metrics.width
            guard height <= maximumHeight else {
                throw ReceiptError(
                    .paperTooLong,
                    "the paper would be longer than \(maximumHeight) rows of dots; use shorter names and notes")
            }
        }
    }

    /// Consecutive rows leave the same column free for their amounts, as wide as the widest of them.
    private static func amountColumn(
        of blocks: ArraySlice<Block>, _ metrics: PaperMetrics, _ measure: Measure
    ) throws(ReceiptError) -> Int {
        var widest = 0
        for block in blocks {
            guard case .amount(let row) = block else { break }
            guard row.role == .body else { continue }
            widest = max(widest, try measure(TextSpec(row.amount, metrics.face(.body))).width)
        }
        return widest
    }

    private mutating func add(
        paragraph text: String, _ face: TextFace, _ alignment: TextAlignment, _ measure: Measure
    ) throws(ReceiptError) {
        for line in try alignment == .center ? centred(text, face, measure) : [TextSpec(text, face)] {
            let width = line.width ?? metrics.contentWidth
            let spec = TextSpec(line.text, face, width: width, alignment: alignment)
            height += try place(spec, x: (metrics.width - width) / 2, y: height, measure).height
        }
    }

    /// A text at the left and one at the right of the same line, or below each other if they do not fit on it.
    private mutating func add(
        left: String, right: String, _ face: TextFace, _ measure: Measure
    ) throws(ReceiptError) {
        let (left, right) = (PaperText.line(left), PaperText.line(right))
        let (leftSpec, rightSpec) = (TextSpec(left, face), TextSpec(right, face))
        let (leftWidth, rightWidth) = (try measure(leftSpec).width, try measure(rightSpec).width)
        guard leftWidth + metrics.gutter + rightWidth <= metrics.contentWidth else {
            try add(paragraph: left, face, .left, measure)
            try add(paragraph: right, face, .left, measure)
            return
        }
        let leftSize = try place(leftSpec, x: metrics.margin, y: height, measure)
        let rightSize = try place(rightSpec, x: metrics.width - metrics.margin - rightWidth, y: height, measure)
        height += max(leftSize.height, rightSize.height)
    }

    /// A name that wraps beside its amount and never under it, with its details below.
    private mutating func add(
        _ row: AmountRow, amountWidth: Int, _ measure: Measure
    ) throws(ReceiptError) {
        let face = metrics.face(row.role)
        let right = metrics.width - metrics.margin - (row.sign == nil ? 0 : metrics.signWidth)
        let amount = TextSpec(row.amount, face)
        let natural = try measure(amount).width
        let column = max(natural, row.role == .body ? amountWidth : 0)
        let room = right - metrics.margin - column - metrics.gutter
        let fits = try fits(row.name, face, in: room, measure)
        let name = TextSpec(
            row.name, face, width: fits ? room : metrics.contentWidth, hangingIndent: metrics.indent)
        let nameHeight = try place(name, x: metrics.margin, y: height, measure).height
        if !fits { height += nameHeight }
        let amountHeight = try place(amount, x: right - natural, y: height, measure).height
        if let sign = row.sign, !sign.isEmpty {
            let spec = TextSpec(sign, face)
            let width = try measure(spec).width
            _ = try place(spec, x: metrics.width - metrics.margin - width, y: height, measure)
        }
        height += fits ? max(nameHeight, amountHeight) : amountHeight
        for detail in row.details {
            let spec = TextSpec(detail, metrics.face(.small), width: metrics.contentWidth - metrics.indent)
            height += try place(spec, x: metrics.margin + metrics.indent, y: height, measure).height
        }
    }

    /// Whether a text fits beside another: it has a third of the line to wrap in, or needs less.
    private func fits(
        _ text: String, _ face: TextFace, in room: Int, _ measure: Measure
    ) throws(ReceiptError) -> Bool {
        if room >= metrics.contentWidth / 3 { return true }
        return try measure(TextSpec(text, face)).width <= room
    }

    private mutating func add(_ rule: Block.Rule) {
        let frame = Frame(
            x: metrics.margin, y: height + metrics.ruleHeight / 2 - 1, width: metrics.contentWidth, height: 2)
        placements.append(Placement(frame: frame, content: rule == .solid ? .fill : .dashes(6)))
        height += metrics.ruleHeight
    }

    /// Its first line is bold and large, the others are not.
    private mutating func add(
        _ banner: Block.Banner, _ lines: [String], _ measure: Measure
    ) throws(ReceiptError) {
        let padding = metrics.bodySize / 3
        let background = placements.count
        var frame = Frame(x: metrics.margin, y: height, width: metrics.contentWidth, height: 0)
        placements.append(Placement(frame: frame, content: banner == .reversed ? .fill : .border(3)))
        height += padding
        for (index, line) in lines.enumerated() {
            let spec = TextSpec(
                line, metrics.face(index == 0 ? .strong : .small), width: metrics.contentWidth - 2 * padding,
                alignment: .center)
            let isWhite = banner == .reversed
            height += try place(spec, x: metrics.margin + padding, y: height, isWhite: isWhite, measure).height
        }
        height += padding
        frame.height = height - frame.y
        placements[background].frame = frame
    }

    private mutating func add(_ content: Placement.Content, of bitmap: Bitmap) {
        // On an even dot, so a printer can be told to double the dots of a code.
        let x = (metrics.width - bitmap.width) / 4 * 2
        let frame = Frame(x: x, y: height, width: bitmap.width, height: bitmap.height)
        placements.append(Placement(frame: frame, content: content))
        height += bitmap.height
    }

    private mutating func place(
        _ spec: TextSpec, x: Int, y: Int, isWhite: Bool = false, _ measure: Measure
    ) throws(ReceiptError) -> TextSize {
        let size = try measure(spec)
        let frame = Frame(x: x, y: y, width: spec.width ?? size.width, height: size.height)
        placements.append(Placement(frame: frame, content: .text(spec, isWhite: isWhite)))
        return size
    }
}
