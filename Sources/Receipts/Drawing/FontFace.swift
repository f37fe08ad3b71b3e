import CPangoCairo

/// One face of an installed font.
struct FontFace {
    let family: String
    let style: String
    let format: String
    let file: String

    /// The regular and bold faces of a family that the machine has, of normal width if there are such. If a face is
    /// installed as OpenType (CFF) and as TrueType, the former is taken; of equals, the first by name.
    static func faces(of family: String) -> [FontFace] {
        let normal = faces(of: family, width: FC_WIDTH_NORMAL)
        return normal.isEmpty ? faces(of: family, width: nil) : normal
    }

    private static func faces(of family: String, width: Int32?) -> [FontFace] {
        // A comma separates the families of a font description.
        guard !family.isEmpty, !family.contains(","), let pattern = FcPatternCreate() else { return [] }
        defer { FcPatternDestroy(pattern) }
        guard let wanted = FcObjectSetCreate() else { return [] }
        defer { FcObjectSetDestroy(wanted) }
        for name in [FC_FAMILY, FC_STYLE, FC_FILE, FC_FONTFORMAT] where FcObjectSetAdd(wanted, name) == 0 { return [] }
        guard FcPatternAddString(pattern, FC_FAMILY, family) != 0,
            FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN) != 0,
            width.map({ FcPatternAddInteger(pattern, FC_WIDTH, $0) != 0 }) ?? true,
            let found = FcFontList(nil, pattern, wanted)
        else { return [] }
        defer { FcFontSetDestroy(found) }
        var faces: [String: FontFace] = [:]
        for font in UnsafeBufferPointer(start: found.pointee.fonts, count: Int(found.pointee.nfont)) {
            guard let font, let face = FontFace(font) else { continue }
            if let other = faces[face.style], (other.format, other.file) < (face.format, face.file) { continue }
            faces[face.style] = face
        }
        return faces.values.sorted { $0.file < $1.file }
    }

    /// Upright outlines that the machine has, in its order of preference for sans-serif text, without faces that have
    /// no character which those before them lack.
    static func installed() -> [FontFace] {
        sorted(trimmed: true) { isUprightOutline($0) }
    }

    /// The family that the machine prefers for Thai and that has Latin and digits too; nil if there is none.
    static func thaiFamily() -> String? {
        let needed: [Unicode.Scalar] = ["ก", "ำ", "\u{0E49}", "฿", "A", "0"]
        return sorted(trimmed: false) { font in isUprightOutline(font) && needed.allSatisfy { covers(font, $0) } }
            .first { !$0.family.contains(",") && !faces(of: $0.family).isEmpty }?.family
    }

    static func covers(_ font: OpaquePointer, _ scalar: Unicode.Scalar) -> Bool {
        var characters: OpaquePointer?
        guard FcPatternGetCharSet(font, FC_CHARSET, 0, &characters) == FcResultMatch, let characters else {
            return false
        }
        return FcCharSetHasChar(characters, scalar.value) != 0
    }

    static func text(_ name: String, of font: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<FcChar8>?
        guard FcPatternGetString(font, name, 0, &text) == FcResultMatch, let text else { return nil }
        return String(cString: text)
    }

    private init?(_ font: OpaquePointer) {
        guard let file = Self.text(FC_FILE, of: font) else { return nil }
        family = Self.text(FC_FAMILY, of: font) ?? ""
        style = Self.text(FC_STYLE, of: font) ?? ""
        format = Self.text(FC_FONTFORMAT, of: font) ?? ""
        self.file = file
    }

    private static func sorted(trimmed: Bool, _ isWanted: (OpaquePointer) -> Bool) -> [FontFace] {
        guard let pattern = FcPatternCreate() else { return [] }
        defer { FcPatternDestroy(pattern) }
        guard FcPatternAddString(pattern, FC_FAMILY, "sans-serif") != 0,
            FcPatternAddString(pattern, FC_LANG, "th") != 0,
            FcConfigSubstitute(nil, pattern, FcMatchPattern) != 0
        else { return [] }
        FcDefaultSubstitute(pattern)
        var result = FcResultNoMatch
        guard let found = FcFontSort(nil, pattern, trimmed ? FcBool(1) : FcBool(0), nil, &result) else { return [] }
        defer { FcFontSetDestroy(found) }
        return UnsafeBufferPointer(start: found.pointee.fonts, count: Int(found.pointee.nfont)).compactMap { font in
            font.flatMap { isWanted($0) ? FontFace($0) : nil }
        }
    }

    private static func isUprightOutline(_ font: OpaquePointer) -> Bool {
        var slant: Int32 = FC_SLANT_ROMAN
        _ = FcPatternGetInteger(font, FC_SLANT, 0, &slant)
        return slant == FC_SLANT_ROMAN && flag(FC_SCALABLE, of: font) && !flag(FC_COLOR, of: font)
    }

    private static func flag(_ name: String, of font: OpaquePointer) -> Bool {
        var value = FcBool(0)
        return FcPatternGetBool(font, name, 0, &value) == FcResultMatch && value != 0
    }
}
