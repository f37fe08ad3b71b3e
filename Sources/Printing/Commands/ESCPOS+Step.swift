extension ESCPOS {
    /// More than any command has besides a picture's dots: our longest is `GS ( H` with 11 bytes, and the head of a
    /// picture has 8.
    static let longestHead = 16

    /// Ends any command that the printer may be in the middle of, and resets its settings.
    ///
    /// Our longest command is a picture as wide as the head and as high as a band. NULs bring it to its end, blank, and
    /// do nothing between commands; then `ESC @`. Brother's raster command reference (RJ-4000 series, "NULL
    /// Invalidate") ends a transmission that stopped midway in this way; user's manual of Matrix's T5, section 4.1.2:
    /// NUL is ignored. An open picture feeds its remaining rows: a band's height at most, 16 mm at 128 rows.
    public func bringIntoStep(widthInDots: Int) -> [UInt8] {
        let picture = (max(widthInDots, 1) + 7) / 8 * profile.images.bandHeight
        return [UInt8](repeating: 0, count: picture + Self.longestHead) + [0x1B, 0x40]
    }
}
