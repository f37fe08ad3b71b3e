import JSON

public import struct Foundation.Date

/// Turns what a till sent into a sale, or into every fault it has: one pass, all rules of the provider's page included,
/// so that a till hears of a mistake at once.
public struct SaleDecoder: Sendable {
    /// Longer than any receipt needs; a limit so that nothing is unbounded.
    static let maximumReceiptEntries = 100
    private static let oneDay = 86_400.0

    public let defaults: SaleDefaults
    private let customization: JSONObject

    public init(defaults: SaleDefaults) {
        self.defaults = defaults
        customization = defaults.customization
    }

    /// Decodes a sale that just came in.
    ///
    /// - Parameter now: When it was received; a sale settled more than a day later is a fault.
    public func decode(_ bytes: [UInt8], receivedAt now: Date) throws(SaleRejection) -> SaleEvent {
        try decode(bytes, latestIssue: now.addingTimeInterval(Self.oneDay), suitsStore: true)
    }

    /// Decodes an event that was accepted before: what was in order then stays so, whatever the clock and the configuration say
    /// now. A theme or a branch that was changed since keeps no paper from being printed.
    ///
    /// - Parameter suitsStore: whether it has to suit today's configuration all the same, because it is to be sent under it.
    public func decode(kept bytes: [UInt8], suitsStore: Bool = false) throws(SaleRejection) -> SaleEvent {
        try decode(bytes, latestIssue: .distantFuture, suitsStore: suitsStore)
    }

    /// The id and the canonical bytes of an event, whatever else is wrong with it; nil where it has no id.
    public static func identity(of bytes: [UInt8]) -> (id: TransactionID, canonicalBytes: [UInt8])? {
        guard let value = try? JSONParser.parse(bytes), case .object(let event) = value,
            case .string(let text)? = event["transaction_id"], let id = TransactionID(text)
        else { return nil }
        return (id, value.canonicalBytes)
    }

    private func decode(
        _ bytes: [UInt8], latestIssue: Date, suitsStore: Bool
    ) throws(SaleRejection) -> SaleEvent {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw .notJSON(error) }
        let faults = FaultCollector()
        guard let root = ObjectReader(value, at: .root, faults: faults) else { throw .invalid(faults.faults) }
        guard let event = read(root, latestIssue: latestIssue, suitsStore: suitsStore), faults.isEmpty else {
            throw .invalid(faults.faults)
        }
        return event
    }

    /// nil where a fault was noted that leaves no sale; the caller looks at the faults.
    private func read(_ root: ObjectReader, latestIssue: Date, suitsStore: Bool) -> SaleEvent? {
        var root = root
        let id = root.parsed("transaction_id", required: true, rule: TransactionID.rule, TransactionID.init)
        var document = root.reader("document", required: true)
        let issuedAt = document?.issueTime(latest: latestIssue)
        let lines = document?.lineItems()
        _ = document?.string("ref", length: 0...Int.max)
        _ = document?.object("theme_parameters")
        document?.refuseUnknownMembers()

        var customization = root.reader("customization")
        customization?.checkCustomization(of: suitsStore ? defaults.branchID : nil)
        let merged = self.customization.merged(with: customization?.object.droppingNulls() ?? [:])
        if suitsStore { ThemeRule.check(merged, faults: root.faults) }

        let tags = root.strings("tags", size: 0...2, length: 0...100)
        let terminalID = root.visibleString("terminal_id", length: 1...64)
        var receipt = root.reader("receipt")
        let details = receipt?.receiptDetails() ?? ReceiptDetails()
        root.refuseUnknownMembers()

        // Where the sale's own rule cannot be read, nothing can be said of its sums.
        let usualRule = receipt?.isGiven("rounding_rule") == true ? nil : defaults.terms.rounding
        guard let lines, let rounding = details.roundingRule ?? usualRule,
            let terms = SaleTerms(customization: merged, rounding: rounding)
        else { return nil }
        guard let totals = root.totals(of: lines, under: terms, claimed: details.total) else { return nil }
        guard let id, let issuedAt else { return nil }
        let sale = Sale(
            id: id, issuedAt: issuedAt, lines: lines, terms: terms, tags: tags, terminalID: terminalID,
            receipt: details,
            totals: totals)
        return SaleEvent(
            sale: sale, event: root.object, customization: merged,
            namesItsTheme: customization?.isGiven("theme") ?? false)
    }
}

extension SaleTerms {
    /// The terms that a merged customization states; nil where a member has the wrong form, which is a fault elsewhere. A rate
    /// out of range is no terms either: the totals of a rate of -1 would be divided by zero.
    init?(customization: JSONObject, rounding: RoundingRule) {
        guard case .bool(let vatIncluded)? = customization["vat_included"],
            case .string(let text)? = customization["vat_rate"], let rate = DecimalNumber(text),
            Self.rates.contains(rate.millionths)
        else { return nil }
        self.init(vatIncluded: vatIncluded, vatRate: rate, rounding: rounding)
    }
}
