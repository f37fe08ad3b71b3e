extension SlimeSimulator.Document {
    /// As "Show" of the transactions lists it: neither `transaction_id` nor `readied_at`.
    func listed(_ rules: SlimeSimulator.DocumentRules) -> JSONValue {
        .object(members(rules))
    }

    /// As the subjects `trading-document/…` show it.
    func shown(_ rules: SlimeSimulator.DocumentRules) -> JSONValue {
        var members = members(rules)
        members["transaction_id"] = .string(transactionID)
        if let readiedAt {
            members["readied_at"] = .string(UTCTime.timestamp(readiedAt))
        } else if rules.unreadyMembers == .null {
            members["readied_at"] = .null
        }
        return .object(members)
    }

    private func members(_ rules: SlimeSimulator.DocumentRules) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "id": .string(id), "sequence": .number(String(sequence)), "ready": .bool(isReady),
        ]
        if isReady {
            members["pdf_size"] = .number(String(pdfSize))
            members["xml_size"] = .number(String(xmlSize))
        } else if rules.unreadyMembers == .null {
            members["pdf_size"] = .null
            members["xml_size"] = .null
        }
        return members
    }

    /// As the control shows it.
    var controlJSON: JSONValue {
        .object([
            "id": .string(id), "transaction_id": .string(transactionID), "sequence": .number(String(sequence)),
            "type": .string(type.rawValue), "ready": .bool(isReady),
            "readied_at": readiedAt.map { .string(UTCTime.timestamp($0)) } ?? .null,
            "pdf_size": .number(String(pdfSize)), "xml_size": .number(String(xmlSize)),
            "pdf": pdf.json, "xml": xml.json,
        ])
    }
}

extension SlimeSimulator.Fetches {
    fileprivate var json: JSONValue {
        .object([
            "locations": .number(String(locations)), "begun": .number(String(begun)), "whole": .number(String(whole)),
        ])
    }
}
