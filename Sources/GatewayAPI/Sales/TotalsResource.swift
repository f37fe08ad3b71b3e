public import Sales

/// Amounts in baht with two decimal places.
public struct TotalsResource: WireResource {
    public var total = ""
    public var vatable = ""
    public var exempt = ""
    public var vat = ""
    public var netOfVAT = ""

    public init() {}

    public init(_ totals: Totals) {
        total = totals.total.plain
        vatable = totals.vatable.plain
        exempt = totals.exempt.plain
        vat = totals.vat.plain
        netOfVAT = totals.netOfVAT.plain
    }

    public static let fields: [WireField<TotalsResource>] = [
        .field("total", \.total), .field("vatable", \.vatable), .field("exempt", \.exempt), .field("vat", \.vat),
        .field("net_of_vat", \.netOfVAT),
    ]
}
