import CPangoCairo

/// The fonts of a paper, each for characters that the fonts before it lack: the wanted family, the configured
/// fallbacks, two known ones, and last the machine's other fonts.
///
/// A fontconfig configuration of its own holds their upright faces and none of the machine's rules. So neither other
/// installed fonts nor the machine's preferences change how a character of an earlier font looks. Fonts in colour are
/// left out: on paper they would be blots.
struct PaperFonts: ~Copyable {
    /// Asked in this order, before the machine's other fonts, for characters that the wanted families lack. DejaVu Sans
    /// (Debian's fonts-dejavu-core) has Latin, Greek, Cyrillic, Arabic, Hebrew, Lao and signs, Droid Sans Fallback
    /// (fonts-droid-fallback) Chinese and Japanese. Either may be missing.
    static let fallbackFamilies = ["DejaVu Sans", "Droid Sans Fallback"]
    /// Asked first for emoji, after the configured fallbacks: solid shapes that stay legible in black and white.
    static let emojiFamilies = ["Noto Emoji", "Symbola"]

    /// An `FcConfig`.
    let configuration: OpaquePointer
    /// The families, as a font description names them.
    let families: String
    /// The files of the wanted family.
    let files: [String]
    /// The files of the wanted family and of the configured fallbacks.
    private let chosenFiles: Set<String>

    /// Throws `fontMissing` if no upright font of the family is installed: another one might have no Thai, or hairlines
    /// that thermal paper loses.
    init(family: String, fallbacks: [String] = []) throws(ReceiptError) {
        let wanted = FontFace.faces(of: family)
        guard !wanted.isEmpty else {
            throw ReceiptError(
                .fontMissing,
                "the font \"\(family)\" is not installed; install it (Loma comes with Debian's fonts-thai-tlwg: "
                    + "apt-get install fonts-thai-tlwg) or name an installed one; `fc-list : family` lists them")
        }
        guard let configuration = FcConfigCreate() else {
            throw ReceiptError(.drawing, "fontconfig gave no configuration; is the machine out of memory?")
        }
        for face in wanted {
            guard Self.add(face, to: configuration) else {
                FcConfigDestroy(configuration)
                throw ReceiptError(
                    .fontMissing, "the font file \(face.file) cannot be read; is it whole, and may this user read it?")
            }
        }
        var families = [family]
        var chosen = wanted.map(\.file)
        for other in fallbacks where !families.contains(other) {
            let added = FontFace.faces(of: other).filter { Self.add($0, to: configuration) }
            if !added.isEmpty { families.append(other) }
            chosen += added.map(\.file)
        }
        let emoji = Array(families.dropFirst())
        for other in Self.fallbackFamilies where !families.contains(other) {
            for face in FontFace.faces(of: other) { _ = Self.add(face, to: configuration) }
            families.append(other)
        }
        // A file that cannot be read is skipped: another font may have the character.
        for face in FontFace.installed()
        where !families.contains(face.family) && !face.family.contains(",") && Self.add(face, to: configuration) {
            families.append(face.family)
        }
        Self.prefer(emoji + Self.emojiFamilies + families, forEmojiOf: configuration)
        self.configuration = configuration
        self.families = families.joined(separator: ",")
        files = wanted.map(\.file)
        chosenFiles = Set(chosen)
    }

    deinit {
        FcConfigDestroy(configuration)
    }

    /// Whether a font has a character. A character for private use has a meaning only in fonts that somebody chose; in
    /// others it could be any picture.
    func has(_ scalar: Unicode.Scalar) -> Bool {
        let isPrivate = scalar.isPrivateUse
        guard let set = FcConfigGetFonts(configuration, FcSetApplication) else { return false }
        return UnsafeBufferPointer(start: set.pointee.fonts, count: Int(set.pointee.nfont)).contains { font in
            guard let font, !isPrivate || FontFace.text(FC_FILE, of: font).map(chosenFiles.contains) == true else {
                return false
            }
            return FontFace.covers(font, scalar)
        }
    }

    private static func add(_ face: FontFace, to configuration: OpaquePointer) -> Bool {
        FcConfigAppFontAddFile(configuration, face.file) != 0
    }

    /// Pango looks for emoji in a family "emoji", which stands for these, in this order.
    private static func prefer(_ families: [String], forEmojiOf configuration: OpaquePointer) {
        let names = families.map { "<string>\($0.escapedForXML)</string>" }.joined()
        let rule = """
            <fontconfig><match target="pattern"><test name="family"><string>emoji</string></test>\
            <edit name="family" mode="prepend_first" binding="strong">\(names)</edit></match></fontconfig>
            """
        // Without the rule, Pango takes emoji from any font that has them.
        _ = FcConfigParseAndLoadFromMemory(configuration, rule, FcBool(0))
    }
}

extension Unicode.Scalar {
    /// General category Co, without its table.
    var isPrivateUse: Bool { (0xE000...0xF8FF).contains(value) || value >= 0xF_0000 }
}

extension String {
    fileprivate var escapedForXML: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
