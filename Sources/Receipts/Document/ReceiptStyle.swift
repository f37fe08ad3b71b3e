/// How a shop wants its papers.
public struct ReceiptStyle: Sendable, Equatable {
    /// The raw values are those of the settings. The statutory words are Thai in each.
    public enum Language: String, Sendable, CaseIterable {
        case thai = "th"
        case english = "en"
        case both = "th+en"
    }

    /// How years are counted; the raw values are those of the settings.
    public enum Era: String, Sendable, CaseIterable {
        /// 2569 for 2026.
        case buddhist
        case common
    }

    public var language: Language
    public var era: Era
    public var fontFamily: String
    /// Families for characters that it lacks, in this order.
    public var fallbackFonts: [String]
    /// Lines below the seller's address.
    public var header: [String]
    /// Lines at the end of the paper.
    public var footer: [String]
    /// Whether this is only a sample: every paper then says so at its top.
    public var isSandbox: Bool

    public init(
        language: Language = .thai, era: Era = .buddhist, fontFamily: String = "Loma", fallbackFonts: [String] = [],
        header: [String] = [], footer: [String] = [], isSandbox: Bool = false
    ) {
        self.language = language
        self.era = era
        self.fontFamily = fontFamily
        self.fallbackFonts = fallbackFonts
        self.header = header
        self.footer = footer
        self.isSandbox = isSandbox
    }
}
