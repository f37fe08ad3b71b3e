public import struct Foundation.Date

/// What the rules read: a sale's papers, and whether its link has come. Times are counted.
public struct SaleRows: Sendable, Equatable {
    public let receivedAt: Date
    /// Whether its link has come.
    public let hasLink: Bool
    /// In their order.
    public let papers: [SalePaper]

    public init(receivedAt: Date, hasLink: Bool, papers: [SalePaper]) {
        self.receivedAt = receivedAt
        self.hasLink = hasLink
        self.papers = papers
    }

    func paper(_ number: Int) -> SalePaper? { papers.first { $0.number == number } }

    var nextNumber: Int { (papers.map(\.number).max() ?? 0) + 1 }

    /// The same after these rows are written.
    func writing(_ rows: [SalePaper]) -> SaleRows {
        let kept = papers.map { paper in rows.last { $0.number == paper.number } ?? paper }
        let new = rows.filter { paper($0.number) == nil }
        return SaleRows(receivedAt: receivedAt, hasLink: hasLink, papers: kept + new)
    }
}
