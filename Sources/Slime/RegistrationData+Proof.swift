public import JSON
public import RemoteServices
public import Sales

extension RegistrationData {
    /// Whether a request can be what was built for the sale of this event: it is for the sale's call, and has its id, its
    /// document, without what is absent, and its buyer. The customization may be the store's own, which stands here alone.
    ///
    /// - Parameter change: what staff have said of the buyer since.
    public static func agrees(_ request: ServiceRequest, with event: JSONObject, _ change: BuyerChange?) -> Bool {
        let stated = DocumentType(statedBy: event)
        let type = change?.documentType(insteadOf: stated) ?? stated
        guard case .object(let data)? = try? JSONParser.parse(request.bytes),
            RegistrationContext(request.context)?.documentType == type,
            data["transaction_id"] == event["transaction_id"],
            case .object(var sent)? = data["document"], case .object(let kept)? = event["document"],
            agrees(sent["buyer_info"], with: type.namesBuyer ? buyer(of: event, change) : nil)
        else { return false }
        sent["buyer_info"] = nil
        return withoutAbsent(.object(sent)) == withoutAbsent(.object(document(kept, as: type, for: nil)))
    }

    private static func buyer(of event: JSONObject, _ change: BuyerChange?) -> JSONObject? {
        if case .replaced(let buyer)? = change { return buyer }
        if case .object(let buyer)? = event["buyer"] { return buyer }
        return nil
    }

    /// An address by names may have got a code by the table of the day when it was sent.
    private static func agrees(_ sent: JSONValue?, with kept: JSONObject?) -> Bool {
        guard let kept else { return sent == nil }
        guard case .object(let sent)? = sent, let buyer = Buyer(kept) else { return false }
        guard case .named(let named) = buyer.address, case .object(let address)? = sent["address"] else {
            return sent == BuyerInfo(buyer).json
        }
        guard case .string(let code)? = address["tambon_id"], let tambon = TambonCode(code) else {
            return sent == BuyerInfo.json(buyer, BuyerInfo.unstructured(named))
        }
        var coded = CodedAddress(houseNumber: named.houseNumber, tambon: tambon, postCode: named.postCode)
        coded.street = named.street
        return sent == BuyerInfo.json(buyer, BuyerInfo.coded(coded))
    }

    private static func withoutAbsent(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(withoutAbsent))
        case .object(let object):
            var result = JSONObject()
            for (key, value) in object.members where !value.isNull { result[key] = withoutAbsent(value) }
            return .object(result)
        default: return value
        }
    }
}
