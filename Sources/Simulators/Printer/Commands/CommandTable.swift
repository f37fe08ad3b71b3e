/// The commands of Epson's "ESC/POS Command Reference" by their first bytes, and how long each is.
enum CommandTable {
    enum Reading: Equatable {
        case incomplete
        case complete(PrinterCommand)
        case raster(PrinterCommand.RasterHead)
        /// So many bytes of data follow that leave no trace.
        case data(String, Int)
        /// Data follows up to a NUL.
        case dataToNUL(String)
    }

    /// Reads a command from its beginning; bytes are given until the reading is no longer incomplete.
    static func read(_ bytes: [UInt8]) -> Reading {
        switch bytes[0] {
        case 0x10: readDLE(bytes)
        case 0x1B: readESC(bytes)
        case 0x1C: readFS(bytes)
        case 0x1D: readGS(bytes)
        // "Ignored" where it is listed at all, as in the user's manual of Matrix's T5, section 4.1.2.
        case 0x00: .complete(.undrawn("NUL"))
        case 0x0A: .complete(.lineFeed)
        case 0x09: .complete(.undrawn("HT"))
        case 0x0C: .complete(.undrawn("FF"))
        case 0x0D: .complete(.undrawn("CR"))
        case 0x18: .complete(.undrawn("CAN"))
        case 0x00..<0x20, 0x7F: .complete(.unknown(hex(bytes)))
        default: .complete(.character(bytes[0]))
        }
    }

    /// A command of a known length that is drawn, or answered, or both.
    private static func fixed(_ bytes: [UInt8], _ length: Int, _ make: (ArraySlice<UInt8>) -> PrinterCommand) -> Reading
    {
        bytes.count < length ? .incomplete : .complete(make(bytes[2...]))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }

    /// A number of two bytes, the low one first.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: - DLE

    private static func readDLE(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 2 else { return .incomplete }
        switch bytes[1] {
        case 0x04: return fixed(bytes, 3) { .realTimeStatus($0.first ?? 0) }
        case 0x05: return fixed(bytes, 3) { .realTimeRequest($0.first ?? 0) }
        case 0x14:
            guard bytes.count >= 3 else { return .incomplete }
            switch bytes[2] {
            case 1: return fixed(bytes, 5) { _ in .realTimeDrawerPulse }
            case 2: return fixed(bytes, 5) { _ in .undrawn("DLE DC4 2") }
            case 3: return fixed(bytes, 8) { _ in .undrawn("DLE DC4 3") }
            case 7: return fixed(bytes, 4) { _ in .undrawn("DLE DC4 7") }
            case 8: return fixed(bytes, 10) { _ in .undrawn("DLE DC4 8") }
            default: return .complete(.unknown(hex(bytes)))
            }
        default: return .complete(.unknown(hex(bytes)))
        }
    }

    // MARK: - ESC

    /// Commands that leave no trace here, and how many bytes follow ESC and the byte that names them.
    private static let undrawnESC: [UInt8: Int] = [
        0x0C: 0, 0x20: 1, 0x21: 1, 0x25: 1, 0x2D: 1, 0x3D: 1, 0x3F: 1, 0x45: 1, 0x47: 1, 0x4B: 1, 0x4C: 0, 0x4D: 1,
        0x52: 1, 0x53: 0, 0x54: 1, 0x55: 1, 0x56: 1, 0x57: 8, 0x5C: 2, 0x65: 1, 0x72: 1, 0x74: 1, 0x75: 1, 0x76: 0,
        0x7B: 1,
    ]

    private static func readESC(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 2 else { return .incomplete }
        switch bytes[1] {
        case 0x40: return .complete(.initialise)
        case 0x24: return fixed(bytes, 4) { .absolutePosition(dots: number($0)) }
        case 0x32: return .complete(.lineSpacing(dots: nil))
        case 0x33: return fixed(bytes, 3) { .lineSpacing(dots: number($0)) }
        case 0x4A: return fixed(bytes, 3) { .feed(number($0)) }
        case 0x64: return fixed(bytes, 3) { .feedLines(number($0)) }
        case 0x61: return fixed(bytes, 3, align)
        case 0x69: return .complete(.cut(.full, feed: 0))
        case 0x6D: return .complete(.cut(.partial, feed: 0))
        case 0x70: return fixed(bytes, 5) { _ in .drawerPulse }
        case 0x63: return fixed(bytes, 4) { _ in .undrawn("ESC c") }
        case 0x44: return .dataToNUL("ESC D")
        case 0x2A: return bitImage(bytes)
        case 0x26: return userCharacters(bytes)
        default:
            guard let length = undrawnESC[bytes[1]] else { return .complete(.unknown(hex(bytes))) }
            return fixed(bytes, 2 + length) { _ in .undrawn(hex(bytes.prefix(2))) }
        }
    }

    private static func align(_ arguments: ArraySlice<UInt8>) -> PrinterCommand {
        switch arguments.first {
        case 0, 48: .align(.left)
        case 1, 49: .align(.centre)
        case 2, 50: .align(.right)
        default: .unknown("1B 61 " + hex(arguments))
        }
    }

    /// ESC * m nL nH d…: one or three bytes a column.
    private static func bitImage(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 5 else { return .incomplete }
        return .data("ESC *", number(bytes[3...4]) * (bytes[2] >= 32 ? 3 : 1))
    }

    /// ESC & y c1 c2 and, for each character, its width and y bytes a column. They follow one another, each with a length
    /// of its own, so more than one cannot be skipped by a count: the first is, the others are reported.
    private static func userCharacters(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 6 else { return .incomplete }
        return .data("ESC &", Int(bytes[2]) * Int(bytes[5]))
    }

    // MARK: - FS

    private static let undrawnFS: [UInt8: Int] = [
        0x21: 1, 0x26: 0, 0x2D: 1, 0x2E: 0, 0x3F: 2, 0x43: 1, 0x53: 2, 0x57: 1, 0x70: 2,
    ]

    private static func readFS(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 2 else { return .incomplete }
        if bytes[1] == 0x28 { return parenthesis(bytes) }
        // FS 2 is long enough to be skipped rather than held.
        if bytes[1] == 0x32 { return .data("FS 2", 74) }
        guard let length = undrawnFS[bytes[1]] else { return .complete(.unknown(hex(bytes))) }
        return fixed(bytes, 2 + length) { _ in .undrawn(hex(bytes.prefix(2))) }
    }

    // MARK: - GS

    private static let undrawnGS: [UInt8: Int] = [
        0x21: 1, 0x24: 2, 0x2F: 1, 0x3A: 0, 0x42: 1, 0x45: 1, 0x48: 1, 0x49: 1, 0x54: 1, 0x5C: 2, 0x5E: 3,
        0x62: 1, 0x63: 0, 0x66: 1, 0x68: 1, 0x77: 1,
    ]

    private static func readGS(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 2 else { return .incomplete }
        switch bytes[1] {
        case 0x28: return parenthesis(bytes)
        case 0x4C: return fixed(bytes, 4) { .leftMargin(dots: number($0)) }
        case 0x57: return fixed(bytes, 4) { .areaWidth(dots: number($0)) }
        case 0x50: return fixed(bytes, 4) { .motionUnit(perInch: Int($0.last ?? 0)) }
        case 0x56: return cut(bytes)
        case 0x61: return fixed(bytes, 3) { .automaticStatusBack($0.first ?? 0) }
        case 0x72: return fixed(bytes, 3) { .queuedStatus($0.first ?? 0) }
        case 0x76: return raster(bytes)
        case 0x6B: return barcode(bytes)
        case 0x2A:
            guard bytes.count >= 4 else { return .incomplete }
            return .data("GS *", Int(bytes[2]) * Int(bytes[3]) * 8)
        case 0x38:
            guard bytes.count >= 7 else { return .incomplete }
            return .data("GS 8 L", number(bytes[3...6]))
        default:
            guard let length = undrawnGS[bytes[1]] else { return .complete(.unknown(hex(bytes))) }
            return fixed(bytes, 2 + length) { _ in .undrawn(hex(bytes.prefix(2))) }
        }
    }

    /// GS V m, or GS V m n with a feed before the cut.
    private static func cut(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 3 else { return .incomplete }
        switch bytes[2] {
        case 0, 48: return .complete(.cut(.full, feed: 0))
        case 1, 49: return .complete(.cut(.partial, feed: 0))
        case 65, 97, 103: return bytes.count < 4 ? .incomplete : .complete(.cut(.full, feed: Int(bytes[3])))
        case 66, 98, 104: return bytes.count < 4 ? .incomplete : .complete(.cut(.partial, feed: Int(bytes[3])))
        default: return .complete(.unknown(hex(bytes)))
        }
    }

    /// GS v 0 m xL xH yL yH d…
    private static func raster(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 3 else { return .incomplete }
        guard bytes[2] == 0x30 else { return .complete(.unknown(hex(bytes))) }
        guard bytes.count >= 8 else { return .incomplete }
        let mode = bytes[3] >= 48 ? bytes[3] - 48 : bytes[3]
        return .raster(
            .init(
                horizontalScale: mode & 1 == 0 ? 1 : 2, verticalScale: mode & 2 == 0 ? 1 : 2,
                bytesPerRow: number(bytes[4...5]), rows: number(bytes[6...7])))
    }

    /// GS k m d… NUL, or GS k m n d….
    private static func barcode(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 3 else { return .incomplete }
        if bytes[2] <= 6 { return .dataToNUL("GS k") }
        guard bytes[2] >= 65 else { return .complete(.unknown(hex(bytes))) }
        return bytes.count < 4 ? .incomplete : .data("GS k", Int(bytes[3]))
    }

    /// GS ( x pL pH d…, and FS ( x likewise: all say how long they are.
    private static func parenthesis(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 5 else { return .incomplete }
        let length = number(bytes[3...4])
        let isProcessID = bytes[0] == 0x1D && bytes[2] == 0x48 && length == 6
        guard isProcessID else { return .data(hex(bytes.prefix(3)), length) }
        guard bytes.count >= 11 else { return .incomplete }
        guard bytes[5] == 0x30, bytes[6] == 0x30 else { return .complete(.undrawn(hex(bytes.prefix(3)))) }
        return .complete(.processID(Array(bytes[7...10])))
    }
}
