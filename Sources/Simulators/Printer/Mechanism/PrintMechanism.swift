import Raster

/// The part that moves paper and burns dots: commands in, paper and answers out. It knows no connection and no time.
///
/// A row of dots is the smallest step, so that paper can run out between any two.
struct PrintMechanism {
    /// What a step brings about.
    enum Effect {
        case paper(Bitmap, VirtualPrinter.CutKind)
        case drawerPulse
        case automaticStatusBack(Bool)
        case queuedStatus(UInt8)
        case processID([UInt8])
        /// More paper came out in one piece than the machine can hold.
        case overrun
    }

    private enum Work {
        /// A packed row, so many times under one another.
        case rows(packed: [UInt8], x: Int, scale: Int, area: Range<Int>, count: Int)
        case blank(Int)
        case cut(VirtualPrinter.CutKind)
        case effect(Effect)
    }

    /// Font A: 12 by 24 dots, on lines of 30.
    private static let character = (width: 12, height: 24)
    private static let ownLineSpacing = 30

    private static let dotsPerInch = 203

    private let longestPaper: Int
    private let ownUnitsPerInch: Int
    private var unitsPerInch: Int
    private(set) var strip: PaperStrip
    private var alignment = PrinterCommand.Alignment.left
    private var leftMargin = 0
    private var areaWidth: Int
    private var position: Int?
    private var lineSpacing = ownLineSpacing
    private var image: (head: PrinterCommand.RasterHead, x: Int)?
    /// Where the next character goes, and where those of the line that is not printed yet are.
    private var cursor: Int?
    private var boxes: [Int] = []
    /// What the commands so far still owe; the first is next.
    private var owed: [Work] = []

    init(widthInDots: Int, longestPaper: Int, unitsPerInch: Int) {
        self.longestPaper = longestPaper
        ownUnitsPerInch = unitsPerInch
        self.unitsPerInch = unitsPerInch
        strip = PaperStrip(widthInDots: widthInDots)
        areaWidth = widthInDots
    }

    /// Whether every command so far is carried out.
    var isIdle: Bool { owed.isEmpty }

    mutating func tearOff() {
        strip.tearOff()
        owed = []
        clearLine()
    }

    /// Carries out what is owed, at most so many rows of it. Returns the rows it took and what came of them.
    mutating func run(atMost rows: Int) -> (rows: Int, effects: [Effect]) {
        var left = rows
        var effects: [Effect] = []
        var done = 0
        work: while done < owed.count {
            switch owed[done] {
            case .blank(let count):
                let now = min(count, left)
                strip.feed(now)
                left -= now
                if now < count {
                    owed[done] = .blank(count - now)
                    break work
                }
            case .rows(let packed, let x, let scale, let area, let count):
                let now = min(count, left)
                for _ in 0..<now {
                    strip.feed(1)
                    strip.draw(packed, x: x, scale: scale, area: area)
                }
                left -= now
                if now < count {
                    owed[done] = .rows(packed: packed, x: x, scale: scale, area: area, count: count - now)
                    break work
                }
            case .cut(let kind):
                effects.append(.paper(strip.bitmap, kind))
                strip.tearOff()
            case .effect(let effect):
                effects.append(effect)
            }
            done += 1
            if strip.rows > longestPaper {
                owed = []
                return (rows - left, effects + [.overrun])
            }
        }
        owed.removeFirst(min(done, owed.count))
        return (rows - left, effects)
    }

    /// Takes a command; what it asks for is owed from then on.
    mutating func take(_ command: PrinterCommand) {
        switch command {
        case .character(let code): put(code)
        case .lineFeed: endLine(feeding: lineSpacing)
        case .initialise: initialise()
        case .align(let alignment): self.alignment = alignment
        case .leftMargin(let dots): leftMargin = dots
        case .areaWidth(let dots): areaWidth = dots
        case .absolutePosition(let dots):
            position = dots
            cursor = area.lowerBound + dots
        case .lineSpacing(let dots): lineSpacing = dots ?? Self.ownLineSpacing
        case .feed(let units): endLine(feeding: dots(units))
        case .feedLines(let lines): endLine(feeding: lines * lineSpacing)
        case .raster(let head): begin(head)
        case .rasterRow(let packed): draw(packed)
        case .motionUnit(let perInch): unitsPerInch = perInch == 0 ? ownUnitsPerInch : perInch
        case .cut(let kind, let feed):
            if !boxes.isEmpty { endLine(feeding: 0) }
            if feed > 0 { owed.append(.blank(dots(feed))) }
            owed.append(.cut(kind))
        case .drawerPulse, .realTimeDrawerPulse: owed.append(.effect(.drawerPulse))
        case .automaticStatusBack(let changes): owed.append(.effect(.automaticStatusBack(changes != 0)))
        case .queuedStatus(let kind): owed.append(.effect(.queuedStatus(kind)))
        case .processID(let id): owed.append(.effect(.processID(id)))
        case .realTimeStatus, .realTimeRequest, .undrawn, .unknown: break
        }
    }

    /// ESC @ also cancels the automatic status; what is on paper stays.
    private mutating func initialise() {
        clearLine()
        alignment = .left
        leftMargin = 0
        areaWidth = strip.widthInDots
        lineSpacing = Self.ownLineSpacing
        unitsPerInch = ownUnitsPerInch
        image = nil
        owed.append(.effect(.automaticStatusBack(false)))
    }

    /// Rows that a feed of so many motion units moves the paper by.
    private func dots(_ units: Int) -> Int {
        units * Self.dotsPerInch / max(unitsPerInch, 1)
    }

    // MARK: - Pictures

    private var area: Range<Int> {
        let left = min(leftMargin, strip.widthInDots)
        return left..<min(left + areaWidth, strip.widthInDots)
    }

    private mutating func begin(_ head: PrinterCommand.RasterHead) {
        if !boxes.isEmpty { endLine(feeding: 0) }
        guard head.rows * head.verticalScale <= longestPaper else {
            image = nil
            owed.append(.effect(.overrun))
            return
        }
        let room = area.count - head.bytesPerRow * 8 * head.horizontalScale
        let x: Int
        switch alignment {
        case _ where position != nil: x = area.lowerBound + (position ?? 0)
        case .centre where room > 0: x = area.lowerBound + room / 2
        case .right where room > 0: x = area.lowerBound + room
        default: x = area.lowerBound
        }
        image = (head, x)
        clearLine()
    }

    private mutating func draw(_ packed: [UInt8]) {
        guard let image else { return }
        owed.append(
            .rows(
                packed: packed, x: image.x, scale: image.head.horizontalScale, area: area,
                count: image.head.verticalScale))
    }

    // MARK: - Characters, as boxes

    private mutating func clearLine() {
        boxes = []
        cursor = nil
        position = nil
    }

    private mutating func put(_ code: UInt8) {
        if (cursor ?? area.lowerBound) + Self.character.width > area.upperBound { endLine(feeding: lineSpacing) }
        let x = cursor ?? area.lowerBound
        if code != UInt8(ascii: " ") { boxes.append(x) }
        cursor = x + Self.character.width
    }

    /// Prints the line's boxes and moves on, by the height of a character at least when there are any.
    private mutating func endLine(feeding dots: Int) {
        defer { clearLine() }
        guard !boxes.isEmpty else {
            if dots > 0 { owed.append(.blank(dots)) }
            return
        }
        var packed = [UInt8](repeating: 0, count: strip.widthInDots / 8 + 1)
        for dot in boxes.flatMap({ $0 + 1..<$0 + Self.character.width - 1 }) where dot < strip.widthInDots {
            packed[dot / 8] |= 0x80 >> UInt8(dot % 8)
        }
        owed.append(.blank(2))
        owed.append(.rows(packed: packed, x: 0, scale: 1, area: area, count: Self.character.height - 4))
        owed.append(.blank(2 + max(0, dots - Self.character.height)))
    }
}
