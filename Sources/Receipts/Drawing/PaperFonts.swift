import CPangoCairo

/// The fonts that a paper is set in, and no others.
///
/// A fontconfig configuration of its own holds the upright faces of the wanted family and of the fallbacks, and not one
/// rule: what else is installed on a machine, and how its configuration prefers or alters fonts, never changes a paper.
/// What none of these fonts has shows as a box with its number in it.
struct PaperFonts: ~Copyable {
    /// Asked in this order for what the wanted family lacks. DejaVu Sans (Debian's fonts-dejavu-core) has Latin, Greek,
    /// Cyrillic, Arabic, Hebrew and signs, Droid Sans Fallback (fonts-droid-fallback) Chinese and Japanese.
    /// Either may be missing.
    static let fallbackFamilies = ["DejaVu Sans", "Droid Sans Fallback"]

    /// A `FcConfig`.
    let configuration: OpaquePointer
    /// The families, as a font description names them.
    let families: String
    /// The files of the wanted family.
    let files: [String]

    /// Throws `fontMissing` where no upright font of the family is installed: another one might have no Thai, or
    /// hairlines that thermal paper loses.
    init(family: String) throws(ReceiptError) {
        let wanted = Self.faces(of: family)
        guard !wanted.isEmpty, !family.contains(",") else {
            throw ReceiptError(
                .fontMissing,
                "the font \"\(family)\" is not installed; install it (Loma comes with Debian's fonts-thai-tlwg: "
                    + "apt-get install fonts-thai-tlwg) or name an installed one; `fc-list : family` lists them")
        }
        guard let configuration = FcConfigCreate() else {
            throw ReceiptError(.drawing, "fontconfig gave no configuration; is the machine out of memory?")
        }
        let others = Self.fallbackFamilies.filter { $0 != family }
        for face in wanted + others.flatMap(Self.faces(of:)) {
            guard FcConfigAppFontAddFile(configuration, face.file) != 0 else {
                FcConfigDestroy(configuration)
                throw ReceiptError(
                    .fontMissing, "the font file \(face.file) cannot be read; is it whole, and may this user read it?")
            }
        }
        self.configuration = configuration
        families = ([family] + others).joined(separator: ",")
        files = wanted.map(\.file)
    }

    deinit {
        FcConfigDestroy(configuration)
    }

    private struct Face {
        let style: String
        let format: String
        let file: String
    }

    /// The regular and bold faces of a family that the machine has. The same face as OpenType (CFF) and as TrueType is
    /// one too many: the former is taken, and of equals the first by name.
    private static func faces(of family: String) -> [Face] {
        guard !family.isEmpty, let pattern = FcPatternCreate() else { return [] }
        defer { FcPatternDestroy(pattern) }
        guard let wanted = FcObjectSetCreate() else { return [] }
        defer { FcObjectSetDestroy(wanted) }
        for name in [FC_FAMILY, FC_STYLE, FC_FILE, FC_FONTFORMAT] where FcObjectSetAdd(wanted, name) == 0 { return [] }
        guard FcPatternAddString(pattern, FC_FAMILY, family) != 0,
            FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN) != 0,
            FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL) != 0,
            let found = FcFontList(nil, pattern, wanted)
        else { return [] }
        defer { FcFontSetDestroy(found) }
        var faces: [String: Face] = [:]
        for font in UnsafeBufferPointer(start: found.pointee.fonts, count: Int(found.pointee.nfont)) {
            guard let font, let file = text(FC_FILE, of: font) else { continue }
            let face = Face(
                style: text(FC_STYLE, of: font) ?? "", format: text(FC_FONTFORMAT, of: font) ?? "", file: file)
            if let other = faces[face.style], (other.format, other.file) < (face.format, face.file) { continue }
            faces[face.style] = face
        }
        return faces.values.sorted { $0.file < $1.file }
    }

    private static func text(_ name: String, of font: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<FcChar8>?
        guard FcPatternGetString(font, name, 0, &text) == FcResultMatch, let text else { return nil }
        return String(cString: text)
    }
}
