import HTTPTypes

extension SupplierOCRControl {
    /// `PATCH` changes what is named:
    ///
    /// ```
    /// {"fetching": "process", "taken_number": "409", "early_results": "409", "repeated_process": "409",
    ///  "refusal_status": 400, "account_status": null, "polls": 1, "quotes_requests": false,
    ///  "list_order": "newest", "search": "honoured", "honours_filter": true, "honours_sort": true,
    ///  "list_total": "exact", "page_cap": null, "list_lag_ms": 0,
    ///  "update_resets": true, "numbers": "sent", "has_progress": true, "has_numeric_times": false,
    ///  "words": "plain", "id": "_id", "has_completion": true, "has_url": true, "has_metadata": true}
    /// ```
    func leeway(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .patch:
            var leeway = await simulator.currentLeeway
            try leeway.change(by: try request.members())
            do throws(SimulatorError) {
                try await simulator.setLeeway(leeway)
            } catch {
                throw Refusal(code: "", message: error.message)
            }
        default: throw request.refuseMethod()
        }
        return request.reply(await simulator.currentLeeway.json)
    }
}

extension SupplierOCRSimulator.Leeway {
    fileprivate mutating func change(by member: Member) throws(Refusal) {
        fetching = try member.optionalWord("fetching") ?? fetching
        takenNumber = try member.optionalWord("taken_number") ?? takenNumber
        earlyResults = try member.optionalWord("early_results") ?? earlyResults
        repeatedProcess = try member.optionalWord("repeated_process") ?? repeatedProcess
        refusalStatus = try member.optionalInteger("refusal_status", in: 200...499) ?? refusalStatus
        if member.has("account_status") {
            accountStatus = member.isNull("account_status") ? nil : try member.integer("account_status", in: 400...499)
        }
        updateResets = try member.optionalBool("update_resets") ?? updateResets
        polls = try member.optionalInteger("polls", in: 0...1_000_000) ?? polls
        quotesRequests = try member.optionalBool("quotes_requests") ?? quotesRequests
        try lists.change(by: member)
        try shown.change(by: member)
    }

    fileprivate var json: JSONValue {
        let members: [String: JSONValue] = [
            "fetching": .string(fetching.rawValue), "taken_number": .string(takenNumber.rawValue),
            "early_results": .string(earlyResults.rawValue), "repeated_process": .string(repeatedProcess.rawValue),
            "refusal_status": .count(refusalStatus), "account_status": accountStatus.map(JSONValue.count) ?? .null,
            "update_resets": .bool(updateResets), "polls": .count(polls), "quotes_requests": .bool(quotesRequests),
        ]
        return .object(
            members.merging(lists.members) { first, _ in first }.merging(shown.members) { first, _ in first })
    }
}

extension SupplierOCRSimulator.Leeway.Lists {
    fileprivate mutating func change(by member: Member) throws(Refusal) {
        order = try member.optionalWord("list_order") ?? order
        search = try member.optionalWord("search") ?? search
        honoursFilter = try member.optionalBool("honours_filter") ?? honoursFilter
        honoursSort = try member.optionalBool("honours_sort") ?? honoursSort
        total = try member.optionalWord("list_total") ?? total
        if member.has("page_cap") {
            pageCap = member.isNull("page_cap") ? nil : try member.integer("page_cap", in: 1...100)
        }
        lag = try member.optionalInteger("list_lag_ms", in: 0...86_400_000).map { .milliseconds($0) } ?? lag
    }

    fileprivate var members: [String: JSONValue] {
        [
            "list_order": .string(order.rawValue), "search": .string(search.rawValue),
            "honours_filter": .bool(honoursFilter), "honours_sort": .bool(honoursSort),
            "list_total": .string(total.rawValue), "page_cap": pageCap.map(JSONValue.count) ?? .null,
            "list_lag_ms": .milliseconds(lag),
        ]
    }
}

extension SupplierOCRSimulator.Leeway.Shown {
    fileprivate mutating func change(by member: Member) throws(Refusal) {
        words = try member.optionalWord("words") ?? words
        id = try member.optionalWord("id") ?? id
        numbers = try member.optionalWord("numbers") ?? numbers
        hasProgress = try member.optionalBool("has_progress") ?? hasProgress
        hasNumericTimes = try member.optionalBool("has_numeric_times") ?? hasNumericTimes
        hasCompletion = try member.optionalBool("has_completion") ?? hasCompletion
        hasURL = try member.optionalBool("has_url") ?? hasURL
        hasMetadata = try member.optionalBool("has_metadata") ?? hasMetadata
    }

    fileprivate var members: [String: JSONValue] {
        [
            "words": .string(words.rawValue), "id": .string(id.rawValue), "has_completion": .bool(hasCompletion),
            "numbers": .string(numbers.rawValue), "has_progress": .bool(hasProgress),
            "has_numeric_times": .bool(hasNumericTimes), "has_url": .bool(hasURL), "has_metadata": .bool(hasMetadata),
        ]
    }
}
