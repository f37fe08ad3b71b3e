import CQREncode
public import Raster

/// A text as a QR code for thermal paper.
///
/// Its modules are 6 to 8 dots large (at 203 dpi 0.75 to 1 mm), or 5 if a long link needs it: at 4 dots phones no
/// longer read a worn print reliably. Four modules around it stay white (ISO/IEC 18004, 6.3.8).
public struct QRCode: Sendable, Equatable {
    /// How much of a code may be lost.
    public enum Level: Sendable, Equatable {
        /// 15 %.
        case medium
        /// 7 %.
        case low
    }

    static let quietModules = 4
    static let moduleDots = 5...8
    static let preferredModuleDots = 6

    public let level: Level
    /// The dots of a module's side.
    public let moduleSize: Int
    /// The modules of a side, without the white around them.
    public let modules: Int
    /// The code with the white around it.
    public let bitmap: Bitmap

    /// The best code that fits on the paper: level M, or L if M does not fit.
    ///
    /// - Parameter paperWidth: in dots.
    ///
    /// Throws `qrTooLong` if the text does not fit at 5 dots a module.
    public init(_ text: String, paperWidth: Int) throws(ReceiptError) {
        guard let (symbol, level, size) = Self.fitting(text, paperWidth: paperWidth) else {
            throw ReceiptError(
                .qrTooLong,
                "a link of \(text.utf8.count) bytes does not fit on paper of \(paperWidth) dots as a QR that phones read; "
                    + "expected a shorter link or wider paper")
        }
        self.level = level
        modules = symbol.side
        moduleSize = size
        bitmap = Self.draw(symbol, moduleSize: size)
    }

    /// Whether a text fits on paper of a width in dots.
    public static func fits(_ text: String, paperWidth: Int) -> Bool {
        fitting(text, paperWidth: paperWidth) != nil
    }

    private static func fitting(_ text: String, paperWidth: Int) -> (Symbol, Level, moduleSize: Int)? {
        // M at 5 dots before L at 6: on worn paper, flecks make L unreadable before blur makes M at 5 unreadable.
        for level in [Level.medium, .low] {
            guard let symbol = Self.encode(text, level) else { continue }
            let side = symbol.side + 2 * Self.quietModules
            var size = min(paperWidth / side, Self.moduleDots.upperBound)
            guard size >= Self.moduleDots.lowerBound else { continue }
            // Large enough is enough: a short link need not fill the whole width.
            while size > Self.preferredModuleDots, size * side * 3 > paperWidth * 2 { size -= 1 }
            return (symbol, level, size)
        }
        return nil
    }

    /// A code of level M with modules of the given size.
    ///
    /// Throws `qrTooLong` if there is no code for the text.
    init(_ text: String, moduleSize: Int) throws(ReceiptError) {
        guard let symbol = Self.encode(text, .medium) else {
            throw ReceiptError(.qrTooLong, "a text of \(text.utf8.count) bytes does not fit into a QR code")
        }
        (level, self.moduleSize, modules) = (.medium, moduleSize, symbol.side)
        bitmap = Self.draw(symbol, moduleSize: moduleSize)
    }

    /// The dark modules as rectangles of dots, adjacent ones joined; the bitmap's corner is at (x, y).
    func darkRuns(x: Int, y: Int) -> [Frame] {
        var runs: [Frame] = []
        for row in Self.quietModules..<Self.quietModules + modules {
            for column in Self.quietModules..<Self.quietModules + modules
            where bitmap[column * moduleSize, row * moduleSize] {
                let left = x + column * moduleSize
                if let last = runs.last, last.right == left, last.y == y + row * moduleSize {
                    runs[runs.count - 1].width += moduleSize
                } else {
                    runs.append(Frame(x: left, y: y + row * moduleSize, width: moduleSize, height: moduleSize))
                }
            }
        }
        return runs
    }

    private struct Symbol {
        let side: Int
        /// One byte for each module; the lowest bit is set if it is dark.
        let cells: [UInt8]
    }

    /// nil if the text is too long for the largest code, or empty.
    private static func encode(_ text: String, _ level: Level) -> Symbol? {
        let bytes = Array(text.utf8)
        // The capacity of a version 40-L code; libqrencode counts in 32 bits.
        guard !bytes.isEmpty, bytes.count <= 2_953 else { return nil }
        let strength = level == .medium ? QR_ECLEVEL_M : QR_ECLEVEL_L
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, strength) else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        return Symbol(side: side, cells: Array(UnsafeBufferPointer(start: code.pointee.data, count: side * side)))
    }

    private static func draw(_ symbol: Symbol, moduleSize: Int) -> Bitmap {
        let side = (symbol.side + 2 * quietModules) * moduleSize
        var bitmap = Bitmap(width: side, height: quietModules * moduleSize)
        for row in 0..<symbol.side {
            var line = Bitmap(width: side, height: 1)
            for column in 0..<symbol.side where symbol.cells[row * symbol.side + column] & 1 == 1 {
                for dot in 0..<moduleSize { line[(quietModules + column) * moduleSize + dot, 0] = true }
            }
            for _ in 0..<moduleSize { bitmap.append(line) }
        }
        bitmap.appendBlankRows(quietModules * moduleSize)
        return bitmap
    }
}
