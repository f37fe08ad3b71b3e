import Sales

// A list that is longer than is read as a whole.
extension DocumentSearch {
    /// How many pages of a long list show its order, besides the first.
    private static let samples = 8
    /// A document that is older than the sale by more than this is no sign of ours. The till's clock may be a day ahead.
    private static let margin = 3
    /// How many pages are read to get to the place of one number.
    private static let probes = 16

    /// - Returns: as ``DocumentSearch`` wants it of a reading.
    mutating func searchLong(_ first: DocumentPage, of total: Int) async throws(BillgateError) -> Finding? {
        let last = total - DocumentPage.size
        var pages = [first]
        for sample in 1...Self.samples {
            pages.append(try await read(sample * last / Self.samples))
            if isSettled { return .absent }
        }
        guard let order = ListOrder(ofDaysIn: pages) else { return .unknown(.tooLong) }
        left = limit
        switch try await walk(order, from: first, of: total) {
        case .arrived: break
        case .lost: return nil
        case .tooFar: return .unknown(.tooLong)
        }
        // A list in the order of its numbers may look like one in the order of its days.
        if let order = ListOrder(ofNumbersIn: pages) {
            guard try await probe(order, of: total) else { return nil }
        }
        // What came meanwhile stands at one of the ends.
        for end in [0, last] where !isSettled { _ = try await read(end) }
        return .absent
    }

    private enum Walk {
        case arrived
        /// The pages do not fit together, or not into the order.
        case lost
        /// There are too many of them.
        case tooFar
    }

    /// Reads from the newer end until everything is older than the sales.
    private mutating func walk(
        _ order: ListOrder, from first: DocumentPage, of total: Int
    ) async throws(BillgateError) -> Walk {
        let start = order == .falling ? 0 : total - DocumentPage.size
        var page = order == .falling ? first : try await read(start)
        var stretch = ListStretch(page, at: start)
        if order == .rising {
            try await readToEnd(&stretch)
            guard isSettled || stretch.isBroken || stretch.isEnd else { return .tooFar }
        }
        var width = page.documents.count
        while !isSettled {
            guard !stretch.isBroken, isInOrder([page], order) else { return .lost }
            if isOld(page) || (order == .falling ? stretch.isEnd : stretch.range.lowerBound == 0) { break }
            guard left > 0 else { return .tooFar }
            let end = stretch.range.lowerBound
            let offset = order == .falling ? stretch.nextOffset : max(end + 1 - width, 0)
            let next = try await read(offset)
            if order == .falling {
                stretch.append(next, at: offset)
            } else if next.documents.count > 1, offset + next.documents.count <= end {
                // A server may make its pages shorter than they were asked for.
                width = next.documents.count
                continue
            } else {
                stretch.prepend(next, at: offset)
            }
            guard isInOrder(order == .falling ? [page, next] : [next, page], order) else { return .lost }
            page = next
        }
        if isSettled { return .arrived }
        if !stretch.isWhole, order == .falling { stretch.refresh(try await read(0)) }
        return stretch.isWhole ? .arrived : .lost
    }

    /// What is the same all over shows no order, and breaks none.
    private func isInOrder(_ pages: [DocumentPage], _ order: ListOrder) -> Bool {
        let days = pages.flatMap(\.documents).map(\.issueDay)
        guard days.allSatisfy({ $0 != nil }) else { return false }
        return Set(days).count <= 1 || ListOrder(ofDaysIn: pages) == order
    }

    private func isOld(_ page: DocumentPage) -> Bool {
        let open = wanted.indices.filter { findings[$0] == nil }.map { wanted[$0].issueDay.number }
        guard let oldest = open.min(), !page.documents.isEmpty else { return false }
        return page.documents.allSatisfy { $0.issueDay.map { $0.number < oldest - Self.margin } ?? false }
    }

    // MARK: Numbers

    /// A page by the numbers at its ends.
    private struct Probe {
        let range: Range<Int>
        let least: String
        let most: String
    }

    /// Goes to where each number would stand.
    ///
    /// - Returns: whether it got there for all of them.
    private mutating func probe(_ order: ListOrder, of total: Int) async throws(BillgateError) -> Bool {
        var known: [Probe] = []
        for place in wanted.indices where findings[place] == nil {
            guard try await probe(wanted[place].number, order, of: total, &known) else { return false }
        }
        return true
    }

    private mutating func probe(
        _ number: String, _ order: ListOrder, of total: Int, _ known: inout [Probe]
    ) async throws(BillgateError) -> Bool {
        var (low, high) = (0, total)
        /// Whether the number would stand on this page.
        func narrow(by probe: Probe) -> Bool {
            let isBefore = number.utf8.lexicographicallyPrecedes(probe.least.utf8)
            guard isBefore || probe.most.utf8.lexicographicallyPrecedes(number.utf8) else { return true }
            if isBefore == (order == .rising) {
                high = min(high, probe.range.lowerBound)
            } else {
                low = max(low, probe.range.upperBound)
            }
            return false
        }
        for probe in known where narrow(by: probe) { return true }
        for _ in 0..<Self.probes {
            guard low < high else { return true }
            let offset = max((low + high - DocumentPage.size) / 2, low)
            let page = try await read(offset)
            guard let first = page.documents.first?.number, let last = page.documents.last?.number else { return false }
            let (least, most) = order == .rising ? (first, last) : (last, first)
            let probe = Probe(range: offset..<offset + page.documents.count, least: least, most: most)
            known.append(probe)
            if narrow(by: probe) { return true }
        }
        return false
    }
}
