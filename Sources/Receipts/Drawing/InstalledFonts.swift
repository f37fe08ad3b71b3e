import CPangoCairo

/// The fonts that fontconfig knows of.
enum InstalledFonts {
    /// Throws `fontMissing` where no font of a family is installed: fontconfig would take another one in silence, and
    /// most have no Thai, or hairlines that thermal paper loses.
    static func require(_ family: String) throws(ReceiptError) {
        guard !has(family) else { return }
        throw ReceiptError(
            .fontMissing,
            "the font \"\(family)\" is not installed; install it (Loma comes with Debian's fonts-thai-tlwg: "
                + "apt-get install fonts-thai-tlwg) or name an installed one; `fc-list : family` lists them")
    }

    private static func has(_ family: String) -> Bool {
        guard !family.isEmpty, let pattern = FcPatternCreate() else { return false }
        defer { FcPatternDestroy(pattern) }
        guard let wanted = FcObjectSetCreate() else { return false }
        defer { FcObjectSetDestroy(wanted) }
        guard FcPatternAddString(pattern, FC_FAMILY, family) != 0, FcObjectSetAdd(wanted, FC_FAMILY) != 0,
            let found = FcFontList(nil, pattern, wanted)
        else { return false }
        defer { FcFontSetDestroy(found) }
        return found.pointee.nfont > 0
    }
}
