import JSON

public import struct Foundation.Date

/// Turns what a till sent into a sale, or into all its faults. It takes one pass and includes all rules of the
/// provider's page, so a till learns of a mistake at once.
public struct SaleDecoder: Sendable {
    /// Longer than any receipt needs, and a bound.
    static let maximumReceiptEntries = 100
    private static let oneDay = 86_400.0

    public let defaults: SaleDefaults
    private let customization: JSONObject

    public init(defaults: SaleDefaults) {
        self.defaults = defaults
        customization = defaults.customization
    }

    /// Decodes a new sale.
    ///
    /// - Parameters:
    ///   - now: when it was received; a sale settled more than a day later is a fault.
    ///   - more: what else is wrong with it, told beside all other faults. It is asked if the sale can be read at all: its
    ///     lines, terms and totals are there then, and its buyer is not if that has a fault.
    public func decode(
        _ bytes: [UInt8], receivedAt now: Date, checking more: (SaleEvent) -> [SaleFault] = { _ in [] }
    ) throws(SaleRejection) -> SaleEvent {
        try decode(bytes, latestIssue: now.addingTimeInterval(Self.oneDay), suitsStore: true, checking: more)
    }

    /// Decodes an event that was accepted before. What was valid then stays valid, whatever the clock, the configuration and
    /// the table of tambons say now: a change of theme or branch does not stop a paper from being printed.
    ///
    /// - Parameters:
    ///   - suitsStore: whether it has to fit today's configuration all the same, because it is to be sent under it.
    ///   - more: as for a new sale.
    public func decode(
        kept bytes: [UInt8], suitsStore: Bool = false, checking more: (SaleEvent) -> [SaleFault] = { _ in [] }
    ) throws(SaleRejection) -> SaleEvent {
        try decode(bytes, latestIssue: .distantFuture, suitsStore: suitsStore, checking: more)
    }

    /// The same for a sale under the terms that it was made with, and with the buyer that staff gave it since.
    public func decode(_ kept: KeptSale, suitsStore: Bool = false) throws(SaleRejection) -> SaleEvent {
        try SaleDecoder(defaults: defaults.replacing(terms: kept.terms))
            .decode(kept.event, latestIssue: .distantFuture, suitsStore: suitsStore, change: kept.change)
    }

    /// What is wrong with a buyer that staff give to a sale; the pointers lead into the whole that they send.
    public static func faults(of change: BuyerChange) -> [SaleFault] {
        guard case .replaced(let buyer) = change else { return [] }
        let faults = FaultCollector()
        var reader = ObjectReader(buyer, at: .root / "buyer", faults: faults, isPersonal: true)
        _ = reader.buyer(checkingTable: true)
        return faults.faults
    }

    /// The id and the canonical bytes of an event, whatever other faults it has; nil if it has no id.
    public static func identity(of bytes: [UInt8]) -> (id: TransactionID, canonicalBytes: [UInt8])? {
        guard let value = try? JSONParser.parse(bytes), case .object(let event) = value,
            case .string(let text)? = event["transaction_id"], let id = TransactionID(text)
        else { return nil }
        return (id, value.canonicalBytes)
    }

    private func decode(
        _ bytes: [UInt8], latestIssue: Date, suitsStore: Bool, change: BuyerChange? = nil,
        checking more: (SaleEvent) -> [SaleFault] = { _ in [] }
    ) throws(SaleRejection) -> SaleEvent {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw .notJSON(error) }
        let faults = FaultCollector()
        guard let root = ObjectReader(value, at: .root, faults: faults) else { throw .invalid(faults.faults) }
        let event = read(root, latestIssue: latestIssue, suitsStore: suitsStore, change)
        if let event { more(event).forEach(faults.add) }
        guard let event, faults.isEmpty else { throw .invalid(faults.faults) }
        return event
    }

    /// nil if a fault was noted that leaves no sale; the caller looks at the faults.
    private func read(
        _ root: ObjectReader, latestIssue: Date, suitsStore: Bool, _ change: BuyerChange?
    ) -> SaleEvent? {
        var root = root
        let type = DocumentType(statedBy: root.object)
        let id = root.parsed("transaction_id", required: true, rule: TransactionID.rule, TransactionID.init)
        var document = root.reader("document", required: true)
        let issuedAt = document?.issueTime(latest: latestIssue)
        let lines = document?.lineItems(of: type)
        _ = document?.string("ref", length: 0...Int.max)
        _ = document?.object("theme_parameters")
        document?.refuseUnknownMembers()

        var customization = root.reader("customization")
        customization?.checkCustomization(of: type, for: suitsStore ? defaults.branchID : nil)
        let merged = self.customization.merged(with: customization?.object.droppingNulls() ?? [:])
        if suitsStore { ThemeRule.check(merged, faults: root.faults) }

        let tags = root.strings("tags", size: 0...2, length: 0...100)
        let terminalID = root.visibleString("terminal_id", length: 1...64)
        var receipt = root.reader("receipt")
        let details = receipt?.receiptDetails() ?? ReceiptDetails()
        let buyer = root.buyer(of: type, change, checkingTable: suitsStore)
        let dueOn = root.dueDay(of: type, issuedAt: issuedAt)
        if suitsStore { root.check(buyer?.address, under: merged) }
        root.refuseUnknownMembers()

        // If the sale's own rule cannot be read, its sums cannot be checked.
        let usualRule = receipt?.isGiven("rounding_rule") == true ? nil : defaults.terms.rounding
        guard let lines, let rounding = details.roundingRule ?? usualRule,
            let terms = SaleTerms(customization: merged, rounding: rounding)
        else { return nil }
        guard let totals = root.totals(of: lines, under: terms, claimed: details.total) else { return nil }
        guard let id, let issuedAt else { return nil }
        var sale = Sale(id: id, issuedAt: issuedAt, lines: lines, terms: terms, totals: totals)
        sale.tags = tags
        sale.terminalID = terminalID
        sale.receipt = details
        sale.documentType = change?.documentType(insteadOf: type) ?? type
        (sale.buyer, sale.isChanged) = (buyer, change != nil)
        sale.dueOn = dueOn
        return SaleEvent(
            sale: sale, event: root.object, customization: merged,
            namesItsTheme: customization?.isGiven("theme") ?? false)
    }
}

extension SaleTerms {
    /// The terms that a merged customization states; nil if a member has the wrong form, which is a fault elsewhere. A
    /// rate out of range gives no terms either: with a rate of -1 the totals would be divided by zero.
    init?(customization: JSONObject, rounding: RoundingRule) {
        guard case .bool(let vatIncluded)? = customization["vat_included"],
            case .string(let text)? = customization["vat_rate"], let rate = DecimalNumber(text),
            Self.rates.contains(rate.millionths)
        else { return nil }
        self.init(vatIncluded: vatIncluded, vatRate: rate, rounding: rounding)
    }
}
