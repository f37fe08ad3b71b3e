import Gateway
import Sales

/// `{"adopt":"DOCUMENT_ID"}`, `{"anew":true}` or `{"provider":"billgate"}`, with another buyer or without one; all optional.
struct RetryRequest {
    let retry: SaleRetry

    init(_ body: [UInt8]?) throws {
        var reader = try StaffRequest(body, known: ["adopt", "anew", "provider", "buyer", "without_buyer"])
        let adopted = reader.flagOrText("adopt")
        let isAnew = reader.flag("anew") ?? false
        let provider = reader.string("provider")
        if let text = adopted.text { reader.checkDocumentID(text, "adopt") }
        var ways: [(key: String, way: SaleRetry.Way)] = []
        if adopted.isSet { ways.append(("adopt", .adopting(documentID: adopted.text))) }
        if isAnew { ways.append(("anew", .anew)) }
        if let provider { ways.append(("provider", .moving(to: ServiceName(rawValue: provider)))) }
        for other in ways.dropFirst() {
            reader.add(other.key, "there is \(ways[0].key) as well: leave one of the two out")
        }
        let buyer = reader.object("buyer")
        let isWithout = reader.flag("without_buyer") ?? false
        if buyer != nil, isWithout { reader.add("without_buyer", "there is a buyer as well: leave one of the two out") }
        try reader.finish()
        retry = SaleRetry(
            ways.first?.way ?? .again, changing: isWithout ? .removed : buyer.map(BuyerChange.replaced))
    }
}

extension StaffRequest {
    /// The provider's own name for a document.
    mutating func documentID(_ key: String) -> String? {
        let text = string(key)
        if let text { checkDocumentID(text, key) }
        return text
    }

    mutating func checkDocumentID(_ text: String, _ key: String) {
        let isID = (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        if !isID { add(key, "expected the document's id, 1 to 128 visible ASCII characters") }
    }
}
