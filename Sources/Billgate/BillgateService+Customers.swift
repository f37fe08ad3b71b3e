import Sales

// Records of buyers with a branch.
extension BillgateService {
    /// The id of the buyer's record, which is made if there is none, and brought up to date if it says something else.
    func customerID(of wanted: WantedDocument, branch: BranchID) async throws(BillgateError) -> String {
        guard let record = CustomerRecord(wanted.customer, branch: branch) else {
            throw BillgateError(.unusable, "the request has no customer that a record could be made of")
        }
        let found = try await counted(.listCustomers) { () async throws(BillgateError) in
            try await client.find(record).map { FoundRecord(id: $0.id, isCurrent: $0.isCurrent) }
        }
        guard let found else {
            return try await counted(.createCustomer) { () async throws(BillgateError) in try await client.make(record)
            }
        }
        if !found.isCurrent {
            try await counted(.changeCustomer) { () async throws(BillgateError) in
                try await client.change(found.id, to: record)
            }
        }
        return found.id
    }

    private struct FoundRecord: Sendable {
        let id: String
        let isCurrent: Bool
    }
}
