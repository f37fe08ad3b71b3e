/// The query of a call, by the rules of a page's parameters.
struct CallQuery {
    private let values: [String: String]

    init(_ query: some StringProtocol) {
        values = FormText.values(query.utf8)
    }

    func text(_ name: String) -> String? { values[name] }

    func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds =
                range.upperBound == .max ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw .schema(name, "expected a whole number \(bounds)")
        }
        return number
    }

    func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws(Refusal) -> Word?
    where Word.RawValue == String {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .schema(name, "expected \(Word.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return word
    }
}
