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

    /// The letters of the papers.
    public struct Fonts: Sendable, Equatable {
        public var family: String
        /// Families for characters that it lacks, in this order.
        public var fallbacks: [String]

        public init(family: String = "Loma", fallbacks: [String] = []) {
            self.family = family
            self.fallbacks = fallbacks
        }
    }

    public var language: Language
    public var era: Era
    public var fonts: Fonts
    /// Lines below the seller's address.
    public var header: [String]
    /// Lines at the end of the paper.
    public var footer: [String]
    /// Whether this is only a sample: every paper then says so at its top.
    public var isSandbox: Bool

    public init(
        language: Language = .thai, era: Era = .buddhist, fonts: Fonts = Fonts(),
        header: [String] = [], footer: [String] = [], isSandbox: Bool = false
    ) {
        self.language = language
        self.era = era
        self.fonts = fonts
        self.header = header
        self.footer = footer
        self.isSandbox = isSandbox
    }
}
