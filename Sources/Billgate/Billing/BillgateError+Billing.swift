import NIOHTTP1
import RemoteServices

extension BillgateError {
    /// What it means for the one who asked about bills. Like everything about errors it is inferred: the page documents none.
    func failure(of operation: BillgateOperation) -> BillingFailure {
        let terms = operation.terms
        let isWrite = terms.method != .GET
        let kind: BillingFailure.Kind =
            switch self.kind {
            case .status(404): terms.path.contains("*") ? .absent : .failed
            case .status(400), .status(409), .status(422): .refused
            case .status(401...403), .unusable: .accountRefused
            default: .failed
            }
        return BillingFailure(kind, failure(at: isWrite ? .create : .find))
    }
}
