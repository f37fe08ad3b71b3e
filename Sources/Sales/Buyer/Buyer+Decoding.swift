public import JSON

extension Buyer {
    /// One that was kept: only its form is judged. nil if that is wrong.
    public init?(_ object: JSONObject) {
        let faults = FaultCollector()
        var reader = ObjectReader(object, at: .root, faults: faults, isPersonal: true)
        guard let buyer = reader.buyer(checkingTable: false), faults.isEmpty else { return nil }
        self = buyer
    }
}
