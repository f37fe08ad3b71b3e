extension SupplierOCRSimulator {
    /// A deliberate fault. A call meets the first active fault that fits it and has times left, and uses one up.
    public struct Fault: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            case answer(AnswerFault)
            /// Results are this text, whatever the job's stage.
            case results(String)
            /// Jobs in the answer have this status.
            case status(String)
        }

        /// What can meet a fault.
        struct Target {
            let operation: Operation?
            let number: String?
        }

        public var kind: Kind
        /// Only calls of this operation; nil for all.
        public var operation: Operation?
        /// Only calls that make or name a job with this number; nil for all.
        public var number: String?
        /// How many calls meet it; nil until it is cleared.
        public var times: Int?

        public init(_ kind: Kind, operation: Operation? = nil, number: String? = nil, times: Int? = nil) {
            self.kind = kind
            self.operation = operation
            self.number = number
            self.times = times
        }

        public init(_ kind: AnswerFault, operation: Operation? = nil, number: String? = nil, times: Int? = nil) {
            self.init(.answer(kind), operation: operation, number: number, times: times)
        }
    }
}

extension SupplierOCRSimulator.Fault: PlannedFault {
    var clockOffset: Duration? { nil }

    func fits(_ target: Target) -> Bool {
        (operation == nil || operation == target.operation) && (number == nil || number == target.number)
            && kind.fits(target.operation)
    }
}

extension SupplierOCRSimulator.Fault.Kind {
    var ofAnswer: AnswerFault? {
        if case .answer(let fault) = self { fault } else { nil }
    }

    /// Whether this can happen to an answer.
    fileprivate func fits(_ operation: SupplierOCRSimulator.Operation?) -> Bool {
        switch self {
        case .answer: true
        case .results: operation == .results
        case .status: operation.map { ![.delete, .results].contains($0) } ?? false
        }
    }
}
