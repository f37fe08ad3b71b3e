extension SupplierOCRSimulator {
    /// The rules of the list's parameters.
    private struct ListQuery {
        enum Order: String, CaseIterable {
            case asc, desc
        }

        let limit: Int
        let offset: Int
        let sort: String?
        let order: Order?
        let filter: [String: JSONValue]
        let search: String?

        init(_ query: CallQuery) throws(Refusal) {
            limit = try query.wholeNumber("limit", in: 1...100) ?? 50
            offset = try query.wholeNumber("offset", in: 0...Int.max) ?? 0
            sort = query.text("sort")
            order = try query.word("order")
            search = query.text("search")
            guard let text = query.text("filter") else {
                filter = [:]
                return
            }
            guard case .object(let members)? = try? JSONReader.read(Array(text.utf8)) else {
                throw .schema("filter", "expected a JSON object")
            }
            filter = members
        }
    }

    func list(_ call: SupplierOCRCall) throws(Refusal) -> SupplierOCRAnswer {
        let query = try ListQuery(call.query)
        let rules = leeway.lists
        var places = jobs.listed(rules.order, lag: rules.lag, now: clock.now)
        let items = jobs.items
        if let search = query.search, !search.isEmpty {
            places = places.filter { rules.search.finds(items[$0], search) }
        }
        if rules.honoursFilter, !query.filter.isEmpty {
            places = places.filter { place in
                let shown = json(items[place], nil)
                return query.filter.allSatisfy { shown[$0.key] == $0.value }
            }
        }
        if rules.honoursSort, query.sort != nil || query.order != nil {
            places = Self.sorted(places, items, by: query.sort ?? "createdAt", query.order ?? .desc)
        }
        let limit = min(query.limit, rules.pageCap ?? query.limit)
        let page = places.dropFirst(query.offset).prefix(limit)
        var members: [String: JSONValue] = [
            "success": .bool(true), "data": .array(page.map { json(items[$0], call.statusWord) }),
        ]
        switch rules.total {
        case .exact: members["total"] = .count(places.count)
        case .zero: members["total"] = .count(0)
        case .page: members["total"] = .count(page.count)
        case .short: members["total"] = .count(places.count / 2)
        case .absent: break
        }
        return SupplierOCRAnswer(status: 200, body: JSONValue.object(members).bytes)
    }

    /// By a field that it knows; by another one nothing is sorted.
    private static func sorted(
        _ places: [Int], _ items: [Job], by field: String, _ order: ListQuery.Order
    ) -> [Int] {
        let rising: [Int]
        switch field {
        case "createdAt", "_id": rising = places.sorted()
        case "jobNumber": rising = places.sorted { (items[$0].number, $0) < (items[$1].number, $1) }
        case "documentName": rising = places.sorted { (items[$0].documentName, $0) < (items[$1].documentName, $1) }
        default: return places
        }
        return order == .asc ? rising : rising.reversed()
    }
}

extension SupplierOCRSimulator.Leeway.Lists.Search {
    fileprivate func finds(_ job: SupplierOCRSimulator.Job, _ text: String) -> Bool {
        let wanted = text.lowercased()
        let (number, name) = (job.number.lowercased(), job.documentName.lowercased())
        switch self {
        case .ignored: return true
        case .honoured: return number.contains(wanted) || name.contains(wanted)
        case .blind: return name.contains(wanted)
        case .words:
            let words = Set(Self.words(of: wanted))
            return !words.isDisjoint(with: Self.words(of: number) + Self.words(of: name))
        }
    }

    private static func words(of text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
}
