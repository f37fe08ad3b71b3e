extension ESCPOS {
    /// More than any command has beside a picture's dots: of those that we send the longest is `GS ( H` with 11 bytes, and the
    /// head of a picture has 8.
    static let longestHead = 16

    /// Ends whatever command a printer may still wait for the rest of, and undoes what was set up before.
    ///
    /// The longest command that we send is a picture as wide as the head and as high as a band. NULs bring it to its end, blank,
    /// and are nothing between commands; then `ESC @`. This is how Brother's raster command reference (RJ-4000 series, "NULL
    /// Invalidate") has a transmission ended that was stopped midway; user's manual of Matrix's T5, section 4.1.2: NUL is ignored.
    /// A picture that was open feeds what it had left: a band's height at most, 16 mm at 128 rows.
    public func bringIntoStep(widthInDots: Int) -> [UInt8] {
        let picture = (max(widthInDots, 1) + 7) / 8 * profile.bandHeight
        return [UInt8](repeating: 0, count: picture + Self.longestHead) + [0x1B, 0x40]
    }
}
