/// A page of sales, newest first.
public struct SalePage: WireResource {
    public var sales: [SaleResource] = []
    /// The value of `after` for the next page; nil on the last page.
    public var next: String?

    public init() {}

    public init(sales: [SaleResource], next: String?) {
        self.sales = sales
        self.next = next
    }

    public static let fields: [WireField<SalePage>] = [.field("sales", \.sales), .field("next", \.next)]
}
