import Monitoring

extension GatewayMeters.SaleOutcome {
    init(_ refusal: OperationError) {
        switch refusal {
        case .notJSON, .invalid: self = .invalid
        case .conflict: self = .conflict
        case .notFound, .wrongState, .unsupported, .invalidRequest, .unavailable, .notYet, .busy, .printerUnavailable,
            .diskFull:
            self = .refused
        }
    }
}
