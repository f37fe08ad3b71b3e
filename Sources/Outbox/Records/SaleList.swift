/// A part of the list of sales, newest first.
public struct SaleList: Sendable, Equatable {
    public internal(set) var sales: [SaleRecord] = []
    /// What the next part is asked for with: its sales arrived before the one of this number. Nil at the end of the
    /// list.
    public internal(set) var next: Int64?
}
