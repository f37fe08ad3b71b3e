import Foundation

/// A sale that its paper alone identifies: the names of its three items are 1 to 32 strokes each, the digits of its
/// number to the base 32.
struct NumberedSale: Sendable, Hashable {
    static let base = 32
    /// The number that no sale reaches.
    static let limit = base * base * base
    static let stroke: Character = "I"
    private static let itemCount = 3

    let number: Int
    let till: Int
    var prints = true

    var id: String { "T-\(till)-\(number)" }

    init(_ number: Int, till: Int, prints: Bool = true) {
        self.number = number
        self.till = till
        self.prints = prints
    }

    /// The first digit counts 1,024.
    var digits: [Int] { [number / (Self.base * Self.base), number / Self.base % Self.base, number % Self.base] }

    init?(digits: [Int], till: Int) {
        guard digits.count == Self.itemCount, digits.allSatisfy({ (0..<Self.base).contains($0) }) else { return nil }
        self.init(digits.reduce(0) { $0 * Self.base + $1 }, till: till)
    }

    /// Its items'.
    var names: [String] { digits.map { String(repeating: Self.stroke, count: $0 + 1) } }

    /// What its items cost.
    var total: String { "\(15 * Self.itemCount).00" }
    /// In Bangkok.
    let day = "2026-11-20"

    /// What Slime should get of it, besides what the store's configuration adds.
    var document: String {
        let items = names.map { #"{"name":"\#($0)","unit_price":"15","quantity":"1","vatable":true}"# }
        return #"{"issued_at":"\#(day)T10:15:00+07:00","line_items":[\#(items.joined(separator: ","))]}"#
    }

    /// A third of the customers want the full tax invoice at once.
    var hasBuyer: Bool { number.isMultiple(of: 3) }

    /// The call at Slime that registers it.
    var subject: String {
        "simple-transaction/initiate-with-tax-invoice" + (hasBuyer ? "" : "-stub")
    }

    /// A third of the buyers are branches of one company, of which a provider may keep a record.
    private var isOfCompany: Bool { number.isMultiple(of: 9) }

    var buyerName: String { isOfCompany ? "Buyer 3 Company" : "Buyer \(number)" }

    private var buyer: String {
        let identity =
            isOfCompany
            ? #""tax_id":"0105561000003","branch_id":"0000\#(number % 4 + 1)""# : #""national_id":"1111111111119""#
        let house = isOfCompany ? 9 : number
        return #"{"name":"\#(buyerName)",\#(identity),"#
            + #""address":{"house_number":"\#(house)","tambon_id":"103301","post_code":"10110"}}"#
    }

    var json: String {
        #"{"transaction_id":"\#(id)","document":\#(document),"terminal_id":"T\#(till)","#
            + (hasBuyer ? #""buyer":\#(buyer),"# : "") + #""receipt":{"number":"\#(number)","print":\#(prints)}}"#
    }

    /// Whether a transaction's data holds this sale and no other.
    func isHeld(in data: [UInt8]) -> Bool {
        guard let held = try? JSONSerialization.jsonObject(with: Data(data)) as? [String: Any],
            var document = held["document"] as? [String: Any],
            let own = try? JSONSerialization.jsonObject(with: Data(self.document.utf8)) as? NSDictionary
        else { return false }
        let buyer = document.removeValue(forKey: "buyer_info") as? [String: Any]
        return held["transaction_id"] as? String == id && document as NSDictionary == own
            && buyer?["name"] as? String == (hasBuyer ? buyerName : nil)
    }
}
