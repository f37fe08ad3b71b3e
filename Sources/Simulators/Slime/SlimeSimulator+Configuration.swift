extension SlimeSimulator {
    /// The project that the simulator plays, and how it listens.
    public struct Configuration: Sendable {
        /// The project's number in the path of the API.
        public var projectID = "123456"
        /// The `kid` that it accepts.
        public var keyID = "k1234"
        /// The secret whose UTF-8 bytes are the HMAC key; at least 32 bytes. The default is the API page's example.
        public var secret = "Bl9j0NXcWz70VMqxzk3Psk1ZAwQ6Pa5xlT9EHucd"
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// The beginning of service URLs, without a slash at the end; nil for the simulator's own address.
        public var publicBase: String?
        /// Where the files of documents are served: not at the API's own address.
        public var fileHost = "127.0.0.1"
        /// 0 takes any port that is free.
        public var filePort = 0
        /// The beginning of the files' locations, without a slash at the end; nil for the simulator's own address. A
        /// test that wants TLS puts it in front, and names it here and in `publicBase`.
        public var publicFileBase: String?
        /// How far `iat` may be from the simulator's clock, on either side.
        public var acceptableDrift: Duration = .seconds(300)
        public var themes: [Theme] = [.retailHatsu]
        /// The project's language: `tha` or `eng`.
        public var language = "tha"
        /// The known unit codes; by default those of UN/CEFACT Recommendation No. 20 that shops use.
        public var unitCodes: Set<String> = UnitCodes.common
        /// What `show` returns as `trade_value`.
        public var tradeValue = TradeValueRule()
        public var buyers = BuyerLeeway()
        /// Whether a taken id is noticed before a faulty buyer, unit code or theme. The page lists `Trade::Initiated`
        /// before those, and says nothing of an order.
        public var answersTakenIDsFirst = false
        /// How documents come to be, until it is changed.
        public var documents = DocumentRules()
        /// Whether faults may be set and transactions read over HTTP, under `/simulator`.
        public var control = false
        /// The longest body to read, in bytes.
        public var maximumBody = 8 * 1024 * 1024
        /// How many transactions are kept; further ones get the exception `Simulator::Full`.
        public var maximumTransactions = 200_000
        /// A connection on which nothing moves is closed after this.
        public var idleTimeout: Duration = .seconds(120)

        public init() {}

        /// Throws if the simulator could not work with this.
        func check() throws(SimulatorError) {
            // JWTKit asserts that an HS256 key is at least as long as the hash.
            guard secret.utf8.count >= 32 else {
                throw SimulatorError(.invalidConfiguration, "secret: expected at least 32 bytes")
            }
            guard !projectID.isEmpty, projectID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw SimulatorError(.invalidConfiguration, "projectID: expected digits")
            }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            guard (0...65_535).contains(filePort) else {
                throw SimulatorError(.invalidConfiguration, "filePort: expected 0 to 65535, found \(filePort)")
            }
            try documents.check()
        }
    }
}
