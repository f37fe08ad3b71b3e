extension BillgateSimulator {
    /// The account that the simulator plays, and how it listens.
    public struct Configuration: Sendable {
        /// What `X-API-Key` has to be.
        public var key = "billgate-simulator-key"
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// The beginning of shareable and PDF URLs, without a slash at the end; nil for the simulator's own address.
        public var publicBase: String?
        public var merchant = Merchant()
        /// What the page leaves open, until it is changed.
        public var leeway = Leeway()
        /// Whether faults may be set and documents read over HTTP, under `/simulator`.
        public var control = false
        /// The longest body to read, in bytes.
        public var maximumBody = 8 * 1024 * 1024
        /// How many documents of a kind are kept; a further one gets 503.
        public var maximumDocuments = 200_000
        /// A connection on which nothing moves is closed after this.
        public var idleTimeout: Duration = .seconds(120)

        public init() {}

        /// Throws if the simulator could not work with this.
        func check() throws(SimulatorError) {
            guard !key.isEmpty else { throw SimulatorError(.invalidConfiguration, "key: expected some text") }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            try leeway.check()
        }
    }

    /// The business whose documents these are.
    public struct Merchant: Sendable, Equatable {
        public var name = "บริษัท ตัวอย่าง จำกัด"
        public var phone = "020000000"
        public var email = "shop@example.com"
        public var address = "เลขที่ 99 ถนนสุขุมวิท แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร 10110"
        /// The account to which invoices are paid.
        public var accountNumber = "1002012896"

        public init() {}
    }
}
