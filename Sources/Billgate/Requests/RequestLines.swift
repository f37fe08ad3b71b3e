import Sales

/// The lines of a request. Billgate's page knows no line below zero and no two equal lines: what is below zero becomes a
/// discount of other lines, and equal lines become one.
struct RequestLines: Sendable, Equatable {
    let lines: [RequestLine]
    /// What could not be put into a request, by the line of the sale.
    let faults: [(index: Int, detail: String)]

    init(_ items: [LineItem]) {
        var lines: [RequestLine] = []
        var faults: [(index: Int, detail: String)] = []
        var discounts: [RequestLine] = []
        for (index, item) in items.enumerated() {
            let line = RequestLine(item, at: index)
            if line.amount.isNegative { discounts.append(line) } else { lines.append(line) }
        }
        for discount in discounts where !Self.take(off: discount, &lines) {
            faults.append(
                (
                    discount.index,
                    "Billgate takes no line below zero, and the other lines with the same \"vatable\" are too small to take it off"
                ))
        }
        self.lines = Self.merged(lines, faults: &faults)
        self.faults = faults
    }

    /// Takes a discount off the lines of its kind: the nearest before it, then the nearest behind it, none below zero.
    ///
    /// - Returns: whether all of it found room.
    private static func take(off discount: RequestLine, _ lines: inout [RequestLine]) -> Bool {
        var rest = -discount.amount
        let before = lines.indices.reversed().filter { lines[$0].index < discount.index }
        let behind = lines.indices.filter { lines[$0].index > discount.index }
        for place in before + behind where lines[place].vatable == discount.vatable {
            let part = min(rest, lines[place].amount)
            lines[place].discount = lines[place].discount + part
            rest = rest - part
            if rest == .zero { return true }
        }
        return rest == .zero
    }

    /// Equal lines become one with all their quantities, at the place of the first. What comes of that may equal another.
    private static func merged(_ lines: [RequestLine], faults: inout [(index: Int, detail: String)]) -> [RequestLine] {
        var lines = lines
        while true {
            var result: [(line: RequestLine, first: RequestLine)] = []
            for line in lines {
                guard let equal = result.firstIndex(where: { $0.first.hasSameContent(as: line) }) else {
                    result.append((line, line))
                    continue
                }
                guard let quantity = result[equal].line.quantity.adding(line.quantity) else {
                    faults.append((line.index, "it equals another line, and their quantities together are too large"))
                    return lines
                }
                result[equal].line.quantity = quantity
                result[equal].line.discount = result[equal].line.discount + line.discount
            }
            guard result.count < lines.count else { return lines }
            lines = result.map(\.line)
        }
    }

    static func == (left: RequestLines, right: RequestLines) -> Bool {
        left.lines == right.lines && left.faults.map(\.index) == right.faults.map(\.index)
    }
}
