/// An account as a slip shows it: some of its digits are hidden.
struct SlipAccount: Equatable {
    enum Agreement {
        case agrees, differs
        /// It shows too little of itself.
        case unknown
    }

    /// Signs that stand for a hidden digit.
    private static let masks: Set<Character> = ["x", "*", "•", "●", "·", "#", "_"]
    /// One account in ten has the digit that another one shows; of three, one in a thousand.
    private static let fewestShown = 3
    /// Of an account that is told on: as many as slips show.
    private static let toldDigits = 4

    /// The digits in their order; nil where one is hidden. Whatever separates them is left out, and so is a name beside them.
    private let places: [Int?]

    init(_ text: String) {
        var places: [Int?] = []
        // Letters in a row: an x hides a digit only where it is not part of a name.
        var word: [Character] = []
        func endWord() {
            if word.allSatisfy(Self.masks.contains) { places += word.map { _ in nil } }
            word = []
        }
        for sign in text.inASCIIDigits.lowercased() {
            if sign.isLetter {
                word.append(sign)
                continue
            }
            endWord()
            if sign.isASCII, let digit = sign.wholeNumberValue {
                places.append(digit)
            } else if Self.masks.contains(sign) {
                places.append(nil)
            }
        }
        endWord()
        self.places = places
    }

    /// The same for every way of writing it.
    var text: String { places.map { $0.map(String.init) ?? "x" }.joined() }

    /// Whether it is one of the shop's: the digits that are seen are in their places there. If one is longer than the other,
    /// nobody knows the places: then they are in it in a row.
    func agreement(with accounts: [String]) -> Agreement {
        let each = accounts.map(agreement)
        return each.contains(.agrees) ? .agrees : each.contains(.unknown) ? .unknown : .differs
    }

    private func agreement(with account: String) -> Agreement {
        guard !places.isEmpty else { return .differs }
        let digits = account.inASCIIDigits.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        let shown = places.compactMap(\.self)
        let isSameLength = places.count == digits.count
        // One digit that is another shows that it is another account; one that is the same shows little.
        if isSameLength, !zip(places, digits).allSatisfy({ seen, digit in seen.map { $0 == digit } ?? true }) {
            return .differs
        }
        guard shown.count >= Self.fewestShown else { return .unknown }
        return isSameLength || digits.contains(shown) ? .agrees : .differs
    }

    /// One of the shop's, with all but its last digits hidden: a difference is shown to whoever asks.
    static func masked(_ account: String) -> String {
        let digits = account.count(where: \.isWholeNumber)
        var left = max(0, digits - toldDigits)
        return String(
            account.map { sign in
                guard sign.isWholeNumber, left > 0 else { return sign }
                left -= 1
                return "x"
            })
    }
}
