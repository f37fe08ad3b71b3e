/// Centred texts that need more than one line get lines of similar length: a single word on a line of its own looks
/// like a mistake.
extension PaperLayout {
    /// A centred text, with each of its own lines set as well as possible.
    func centred(_ text: String, _ face: TextFace, _ measure: Measure) throws(ReceiptError) -> [TextSpec] {
        let lines = PaperText.clean(text).unicodeScalars.split(
            separator: PaperText.lineBreak, omittingEmptySubsequences: false)
        guard lines.count > 1 else { return try balanced(text, face, measure) }
        var specs: [TextSpec] = []
        for line in lines { specs += try balanced(String(line), face, measure) }
        return specs
    }

    /// The lines, or the one narrower paragraph, in which a centred text is set best.
    private func balanced(_ text: String, _ face: TextFace, _ measure: Measure) throws(ReceiptError) -> [TextSpec] {
        let whole = TextSpec(text, face)
        if try measure(whole).width <= metrics.contentWidth { return [whole] }
        let lineHeight = try measure(whole).height
        let height = try measure(wrapped(text, face, metrics.contentWidth)).height
        let lines = try linesBrokenAtSpaces(whole.text, face, measure)
        // Thai may break between any two words, but is easier to read if it breaks at a space.
        if let lines, lines.count * lineHeight <= height { return lines.map { TextSpec($0, face) } }
        guard height < 5 * lineHeight else { return [wrapped(text, face, metrics.contentWidth)] }
        let width = try narrowest(from: metrics.contentWidth / 2, to: metrics.contentWidth) {
            width throws(ReceiptError) in
            try measure(wrapped(text, face, width)).height <= height
        }
        return [wrapped(text, face, width)]
    }

    private func wrapped(_ text: String, _ face: TextFace, _ width: Int) -> TextSpec {
        TextSpec(text, face, width: width, alignment: .center)
    }

    /// nil if the pieces between the spaces are too long for that.
    private func linesBrokenAtSpaces(
        _ text: String, _ face: TextFace, _ measure: Measure
    ) throws(ReceiptError) -> [String]? {
        let words = text.split(separator: " ").map(String.init)
        guard (2...40).contains(words.count) else { return nil }
        var widths: [Int] = []
        for word in words { widths.append(try measure(TextSpec(word, face)).width) }
        guard let widest = widths.max(), widest <= metrics.contentWidth else { return nil }
        let space = try measure(TextSpec("a a", face)).width - measure(TextSpec("aa", face)).width
        func lines(_ limit: Int) -> [String] {
            var lines: [String] = []
            var used = Int.max / 2
            for (word, width) in zip(words, widths) {
                if used + space + width <= limit, let last = lines.popLast() {
                    lines.append(last + " " + word)
                    used += space + width
                } else {
                    lines.append(word)
                    used = width
                }
            }
            return lines
        }
        let count = lines(metrics.contentWidth).count
        return lines(narrowest(from: widest - 1, to: metrics.contentWidth) { lines($0).count <= count })
    }

    /// The least width that suffices, to within a few dots; `enough` is known to.
    private func narrowest<Failure: Error>(
        from tooNarrow: Int, to enough: Int, _ isEnough: (Int) throws(Failure) -> Bool
    ) throws(Failure) -> Int {
        var (tooNarrow, enough) = (tooNarrow, enough)
        while enough - tooNarrow > 4 {
            let width = (tooNarrow + enough) / 2
            if try isEnough(width) { enough = width } else { tooNarrow = width }
        }
        return enough
    }
}
