import CPangoCairo
import Sales

/// Shapes text with Pango: Thai through HarfBuzz, its line breaks through libthai.
///
/// It owns a font map, which only one thread at a time may use: each typesetter has a shaper of its own.
final class TextShaper {
    /// Texts that stand on every receipt are shaped once. Beyond this many, the shaper forgets all.
    static let maximumKept = 512
    private static let maximumTold = 1_000

    let fonts: PaperFonts
    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private let attributes: OpaquePointer
    private var descriptions: [TextFace: OpaquePointer] = [:]
    private var kept: [TextSpec: LaidOutText] = [:]
    /// Characters that no font has: those not yet reported, and those reported.
    private var (untold, told): (Set<Unicode.Scalar>, Set<Unicode.Scalar>) = ([], [])

    init(family: String, fallbacks: [String] = []) throws(ReceiptError) {
        let fonts = try PaperFonts(family: family, fallbacks: fallbacks)
        guard let fontMap = pango_cairo_font_map_new() else {
            throw ReceiptError(.drawing, "Pango gave no font map; is the machine out of memory?")
        }
        pango_fc_font_map_set_config(OpaquePointer(fontMap), fonts.configuration)
        guard let context = pango_font_map_create_context(fontMap) else {
            g_object_unref(UnsafeMutableRawPointer(fontMap))
            throw ReceiptError(.drawing, "Pango gave no context; is the machine out of memory?")
        }
        guard let attributes = pango_attr_list_new() else {
            g_object_unref(UnsafeMutableRawPointer(context))
            g_object_unref(UnsafeMutableRawPointer(fontMap))
            throw ReceiptError(.drawing, "Pango gave no attributes; is the machine out of memory?")
        }
        // A hyphen added to a broken article number would look like a part of it.
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        self.attributes = attributes
        self.fonts = fonts
        self.fontMap = fontMap
        self.context = context
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        // Advances of whole dots align digits below each other.
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
        pango_context_set_language(context, pango_language_from_string("th"))
    }

    deinit {
        kept = [:]
        for description in descriptions.values { pango_font_description_free(description) }
        pango_attr_list_unref(attributes)
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(UnsafeMutableRawPointer(fontMap))
    }

    /// The text as the paper will show it.
    func layOut(_ spec: TextSpec) throws(ReceiptError) -> LaidOutText {
        if let text = kept[spec] { return text }
        guard let layout = pango_layout_new(context) else {
            throw ReceiptError(.drawing, "Pango gave no layout; is the machine out of memory?")
        }
        pango_layout_set_font_description(layout, try description(of: spec.face))
        pango_layout_set_attributes(layout, attributes)
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        if let width = spec.width { pango_layout_set_width(layout, Int32(max(1, width)) * PANGO_SCALE) }
        pango_layout_set_indent(layout, Int32(-spec.hangingIndent) * PANGO_SCALE)
        pango_layout_set_alignment(layout, spec.alignment.pango)
        Self.set(spec.text, on: layout)
        if spec.text.unicodeScalars.contains(where: \.isPrivateUse) || pango_layout_get_unknown_glyphs_count(layout) > 0
        {
            Self.set(drawable(spec.text), on: layout)
        }
        let laidOut = LaidOutText(taking: layout)
        if kept.count >= Self.maximumKept { kept = [:] }
        kept[spec] = laidOut
        return laidOut
    }

    /// The characters that no font has, each reported once; at most a thousand, so nothing grows without a bound.
    func takeUndrawable() -> [Unicode.Scalar] {
        defer { untold = [] }
        return untold.sorted()
    }

    /// A text in which a visible sign replaces each letter that no font has, with all that belongs to it.
    private func drawable(_ text: String) -> String {
        var drawable = String.UnicodeScalarView()
        for character in text {
            var isReplaced = false
            for scalar in character.unicodeScalars {
                switch ScalarUse(scalar) {
                case .drawn, .mark, .tint, .command:
                    if scalar == PaperText.replacement || fonts.has(scalar) {
                        drawable.append(scalar)
                        isReplaced = false
                        continue
                    }
                    rememberMissing(scalar)
                    if !isReplaced { drawable.append(PaperText.replacement) }
                    isReplaced = true
                // They belong to the letter that was replaced.
                case .joiner, .variation: if !isReplaced { drawable.append(scalar) }
                default: drawable.append(scalar)
                }
            }
        }
        return String(drawable)
    }

    private func rememberMissing(_ scalar: Unicode.Scalar) {
        guard told.count < Self.maximumTold, told.insert(scalar).inserted else { return }
        untold.insert(scalar)
    }

    private static func set(_ text: String, on layout: OpaquePointer) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                pango_layout_set_text(layout, characters.baseAddress, Int32(characters.count))
            }
        }
    }

    private func description(of face: TextFace) throws(ReceiptError) -> OpaquePointer {
        if let description = descriptions[face] { return description }
        guard let description = pango_font_description_new() else {
            throw ReceiptError(.drawing, "Pango gave no font description; is the machine out of memory?")
        }
        pango_font_description_set_family(description, fonts.families)
        pango_font_description_set_absolute_size(description, Double(face.size) * Double(PANGO_SCALE))
        pango_font_description_set_weight(description, face.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        descriptions[face] = description
        return description
    }
}

extension TextAlignment {
    fileprivate var pango: PangoAlignment {
        switch self {
        case .left: PANGO_ALIGN_LEFT
        case .center: PANGO_ALIGN_CENTER
        case .right: PANGO_ALIGN_RIGHT
        }
    }
}
