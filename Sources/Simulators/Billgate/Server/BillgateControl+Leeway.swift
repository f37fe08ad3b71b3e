import HTTPTypes

extension BillgateControl {
    /// `PATCH` changes what is named:
    ///
    /// ```
    /// {"taken_number": "allowed", "list_order": "newest", "page_step": "limit", "list_lag_ms": 0,
    ///  "read_lag_ms": 0, "customer_list_lag_ms": 0, "reference_lag_ms": 0, "pdf_delay_ms": 2000, "refusal_status": 400,
    ///  "account_status": null, "total": "exact", "missing_reference": "null", "customer_emails": "string",
    ///  "discount": "line", "numbers": "double", "takes_negative_amounts": false, "takes_every_transition": false,
    ///  "tokens_are_keys": true, "list_total": "exact", "page_cap": null, "lost_at_borders": 0, "list_zone": "bangkok",
    ///  "filters_customer_code": true, "taken_customer_code": "allowed", "persons": "exact", "amounts": "plain",
    ///  "adds_address_members": false, "quotes_requests": false}
    /// ```
    ///
    /// A `pdf_delay_ms` of null: no PDF is ever made.
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

extension BillgateSimulator.Leeway {
    private static let milliseconds = 0...86_400_000

    fileprivate mutating func change(by member: Member) throws(Refusal) {
        takenNumber = try member.optionalWord("taken_number") ?? takenNumber
        listOrder = try member.optionalWord("list_order") ?? listOrder
        pageStep = try member.optionalWord("page_step") ?? pageStep
        listLag = try Self.lag(member, "list_lag_ms") ?? listLag
        customerListLag = try Self.lag(member, "customer_list_lag_ms") ?? customerListLag
        readLag = try Self.lag(member, "read_lag_ms") ?? readLag
        referenceLag = try Self.lag(member, "reference_lag_ms") ?? referenceLag
        if member.has("pdf_delay_ms") {
            pdfDelay = member.isNull("pdf_delay_ms") ? nil : try Self.lag(member, "pdf_delay_ms")
        }
        refusalStatus = try member.optionalInteger("refusal_status", in: 400...499) ?? refusalStatus
        if member.has("account_status") {
            accountStatus = member.isNull("account_status") ? nil : try member.integer("account_status", in: 400...499)
        }
        total = try member.optionalWord("total") ?? total
        missingReference = try member.optionalWord("missing_reference") ?? missingReference
        customerEmails = try member.optionalWord("customer_emails") ?? customerEmails
        discount = try member.optionalWord("discount") ?? discount
        numbers = try member.optionalWord("numbers") ?? numbers
        takesNegativeAmounts = try member.optionalBool("takes_negative_amounts") ?? takesNegativeAmounts
        takesEveryTransition = try member.optionalBool("takes_every_transition") ?? takesEveryTransition
        tokensAreKeys = try member.optionalBool("tokens_are_keys") ?? tokensAreKeys
        takenCustomerCode = try member.optionalWord("taken_customer_code") ?? takenCustomerCode
        try lists.change(by: member)
        try answers.change(by: member)
    }

    private static func lag(_ member: Member, _ name: String) throws(Refusal) -> Duration? {
        try member.optionalInteger(name, in: milliseconds).map { .milliseconds($0) }
    }

    fileprivate var json: JSONValue {
        .object(members.merging(lists.members) { first, _ in first }.merging(answers.members) { first, _ in first })
    }

    private var members: [String: JSONValue] {
        [
            "taken_number": .string(takenNumber.rawValue), "list_order": .string(listOrder.rawValue),
            "page_step": .string(pageStep.rawValue), "list_lag_ms": .milliseconds(listLag),
            "customer_list_lag_ms": .milliseconds(customerListLag), "reference_lag_ms": .milliseconds(referenceLag),
            "read_lag_ms": .milliseconds(readLag),
            "pdf_delay_ms": pdfDelay.map(JSONValue.milliseconds) ?? .null, "refusal_status": .count(refusalStatus),
            "account_status": accountStatus.map(JSONValue.count) ?? .null, "total": .string(total.rawValue),
            "missing_reference": .string(missingReference.rawValue),
            "customer_emails": .string(customerEmails.rawValue), "discount": .string(discount.rawValue),
            "numbers": .string(numbers.rawValue), "takes_negative_amounts": .bool(takesNegativeAmounts),
            "takes_every_transition": .bool(takesEveryTransition), "tokens_are_keys": .bool(tokensAreKeys),
            "taken_customer_code": .string(takenCustomerCode.rawValue),
        ]
    }
}

extension BillgateSimulator.Leeway.Lists {
    fileprivate mutating func change(by member: Member) throws(Refusal) {
        total = try member.optionalWord("list_total") ?? total
        if member.has("page_cap") {
            pageCap = member.isNull("page_cap") ? nil : try member.integer("page_cap", in: 1...100)
        }
        lostAtBorders = try member.optionalInteger("lost_at_borders", in: 0...99) ?? lostAtBorders
        zone = try member.optionalWord("list_zone") ?? zone
        filtersCustomerCode = try member.optionalBool("filters_customer_code") ?? filtersCustomerCode
    }

    fileprivate var members: [String: JSONValue] {
        [
            "list_total": .string(total.rawValue), "page_cap": pageCap.map(JSONValue.count) ?? .null,
            "lost_at_borders": .count(lostAtBorders), "list_zone": .string(zone.rawValue),
            "filters_customer_code": .bool(filtersCustomerCode),
        ]
    }
}

extension BillgateSimulator.Leeway.Answers {
    fileprivate mutating func change(by member: Member) throws(Refusal) {
        persons = try member.optionalWord("persons") ?? persons
        amounts = try member.optionalWord("amounts") ?? amounts
        addsAddressMembers = try member.optionalBool("adds_address_members") ?? addsAddressMembers
        quotesRequests = try member.optionalBool("quotes_requests") ?? quotesRequests
    }

    fileprivate var members: [String: JSONValue] {
        [
            "persons": .string(persons.rawValue), "amounts": .string(amounts.rawValue),
            "adds_address_members": .bool(addsAddressMembers), "quotes_requests": .bool(quotesRequests),
        ]
    }
}
