import HTTPTypes

extension SlimeControl {
    /// `PATCH` changes what is named:
    ///
    /// ```
    /// {"delay_ms": 2000, "pdf_size": 4096, "xml_size": 2048, "location_lifetime_ms": 60000,
    ///  "locations_serve_once": false, "expired_status": 403, "redirect_status": 303, "unready_members": "null",
    ///  "missing_document": "NotFound", "unknown_transaction": "no_documents"}
    /// ```
    ///
    /// A `delay_ms` of null: until somebody says that the document is ready.
    func documentRules(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .patch:
            var rules = await simulator.currentDocumentRules
            try rules.change(by: try request.members())
            do throws(SimulatorError) {
                try await simulator.setDocumentRules(rules)
            } catch {
                throw Refusal(code: "", message: error.message)
            }
        default: throw request.refuseMethod()
        }
        return request.reply(await simulator.currentDocumentRules.json)
    }
}

extension SlimeSimulator.DocumentRules {
    private static let milliseconds = 0...86_400_000

    fileprivate mutating func change(by member: Member) throws(Refusal) {
        if member.has("delay_ms") {
            delay =
                member.isNull("delay_ms")
                ? nil : .milliseconds(try member.integer("delay_ms", in: Self.milliseconds))
        }
        pdfSize = try member.optionalInteger("pdf_size", in: 0...Self.largestFile) ?? pdfSize
        xmlSize = try member.optionalInteger("xml_size", in: 0...Self.largestFile) ?? xmlSize
        if let lifetime = try member.optionalInteger("location_lifetime_ms", in: Self.milliseconds) {
            locationLifetime = .milliseconds(lifetime)
        }
        locationsServeOnce = try member.optionalBool("locations_serve_once") ?? locationsServeOnce
        expiredStatus = try member.optionalInteger("expired_status", in: 400...499) ?? expiredStatus
        redirectStatus = try member.optionalInteger("redirect_status", in: 300...399) ?? redirectStatus
        unreadyMembers = try member.optionalWord("unready_members") ?? unreadyMembers
        missingDocument = try member.optionalWord("missing_document") ?? missingDocument
        unknownTransaction = try member.optionalWord("unknown_transaction") ?? unknownTransaction
    }

    fileprivate var json: JSONValue {
        .object([
            "delay_ms": delay.map(JSONValue.milliseconds) ?? .null, "pdf_size": .number(String(pdfSize)),
            "xml_size": .number(String(xmlSize)), "location_lifetime_ms": .milliseconds(locationLifetime),
            "locations_serve_once": .bool(locationsServeOnce), "expired_status": .number(String(expiredStatus)),
            "redirect_status": .number(String(redirectStatus)), "unready_members": .string(unreadyMembers.rawValue),
            "missing_document": .string(missingDocument.rawValue),
            "unknown_transaction": .string(unknownTransaction.rawValue),
        ])
    }
}
