import RemoteServices
import Sales

// Records of buyers with a branch.
extension BillgateService {
    /// The id of the buyer's record, which is made if there is none.
    func customerID(of wanted: WantedDocument, branch: BranchID) async throws(ServiceFailure) -> String {
        guard let record = CustomerRecord(wanted.customer, branch: branch) else {
            throw ServiceFailure(
                code: "Gateway::InvalidContext", message: "the request has no customer that a record could be made of",
                disposition: .reject)
        }
        do throws(CustomerRecords.Fault) { return try await customers.id(of: record) } catch {
            switch error {
            case .call(let error): throw failure(error, at: .customer, about: wanted)
            case .taken(let error): throw failure(error, at: .customer, about: wanted)
            case .unsettled(let rest):
                throw ServiceFailure(
                    code: "Gateway::CustomerUnsettled",
                    message: "the buyer's record at Billgate may just have been made: it is looked for again",
                    disposition: .retry, retryAfter: rest)
            }
        }
    }
}
