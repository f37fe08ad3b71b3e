/// Codes of the Department of Provincial Administration: all 77 changwats, and a few amphoes with all their tambons.
///
/// A code of two digits for a changwat, four for an amphoe, six for a tambon, each beginning with the one above it.
enum Places {
    static let changwats: Set<String> = Set(
        [10...19, 20...27, 30...39, 40...49, 50...58, 60...67, 70...77, 80...86, 90...96].joined().map { String($0) })

    /// How many tambons each listed amphoe has; they are numbered from 01 on without a gap.
    private static let tambons: [String: Int] = [
        "1001": 12,  // Phra Nakhon
        "1004": 5,  // Bang Rak
        "1007": 4,  // Pathum Wan
        "1033": 3,  // Khlong Toei
        "1039": 3,  // Watthana
        "2009": 5,  // Sattahip, of the page's examples
        "5001": 16,  // Mueang Chiang Mai
        "8301": 8,  // Mueang Phuket
    ]

    /// - Parameter unlisted: what becomes of a code of the right form that is not in the table
    static func isAmphoe(_ code: String, unlisted: SlimeSimulator.BuyerLeeway.UnlistedPlaces) -> Bool {
        guard Grammar.isDigits(code, count: 4), changwats.contains(String(code.prefix(2))), !code.hasSuffix("00") else {
            return false
        }
        return tambons[code] != nil || unlisted == .accepted
    }

    static func isTambon(_ code: String, unlisted: SlimeSimulator.BuyerLeeway.UnlistedPlaces) -> Bool {
        let amphoe = String(code.prefix(4))
        guard Grammar.isDigits(code, count: 6), isAmphoe(amphoe, unlisted: unlisted), let number = Int(code.suffix(2)),
            number > 0
        else { return false }
        return tambons[amphoe].map { number <= $0 } ?? (unlisted == .accepted)
    }
}
