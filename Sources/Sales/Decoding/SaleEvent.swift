public import JSON

/// A sale as it came in: what it means, and what was written.
public struct SaleEvent: Sendable, Equatable {
    public let sale: Sale
    /// The event as received.
    public let event: JSONObject
    /// The event's `customization` laid over the store's, with the store's branch.
    public let customization: JSONObject
    /// Whether the event itself chose a theme, or part of one: who has to mend it when the provider refuses it.
    public let namesItsTheme: Bool

    /// Two events are the same sale exactly when these bytes are equal.
    public var canonicalBytes: [UInt8] { JSONValue.object(event).canonicalBytes }
}

/// What the store's configuration adds to every sale.
public struct SaleDefaults: Sendable, Equatable {
    public let branchID: BranchID
    public let theme: JSONObject
    public let terms: SaleTerms

    public init(branchID: BranchID, theme: JSONObject, terms: SaleTerms) {
        self.branchID = branchID
        self.theme = theme
        self.terms = terms
    }

    /// The same store with the terms that a sale was made under.
    public func replacing(terms: SaleTerms) -> SaleDefaults {
        SaleDefaults(branchID: branchID, theme: theme, terms: terms)
    }

    var customization: JSONObject {
        [
            "theme": .object(theme),
            "seller_branch_id": .string(branchID.text),
            "vat_included": .bool(terms.vatIncluded),
            "vat_rate": .string(terms.vatRate.text),
        ]
    }
}
