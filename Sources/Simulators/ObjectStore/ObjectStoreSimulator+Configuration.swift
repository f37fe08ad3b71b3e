extension ObjectStoreSimulator {
    /// The account and its bucket, and how the simulator listens.
    public struct Configuration: Sendable {
        public var keyID = "KAMKAPSIMULATOR00001"
        public var secret = "object-store-simulator/secret+key"
        public var region = "ap-southeast-1"
        public var bucket = "papers"
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// How far a request's time may be from the simulator's clock, on either side: a quarter of an hour at S3.
        public var acceptableDrift: Duration = .seconds(900)
        /// Whether a body may come without its digest. S3 takes that; a store that does not is stricter.
        public var takesUnsignedBodies = false
        /// What is answered to the removal of an object that is not there: 204 at S3, 404 at some others.
        public var missingObjectStatus = 204
        /// Whether faults may be set and objects read over HTTP, under `/simulator`.
        public var control = false
        /// The longest object, in bytes.
        public var maximumBody = 64 << 20
        /// How many objects are kept; a further one gets 503.
        public var maximumObjects = 10_000
        /// A connection on which nothing moves is closed after this.
        public var idleTimeout: Duration = .seconds(120)

        public init() {}

        /// Throws if the simulator could not work with this.
        func check() throws(SimulatorError) {
            for (name, text) in [("keyID", keyID), ("secret", secret), ("region", region), ("bucket", bucket)] {
                guard !text.isEmpty, !text.contains("/") || name == "secret" else {
                    throw SimulatorError(.invalidConfiguration, "\(name): expected some text without a slash")
                }
            }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            guard [204, 404].contains(missingObjectStatus) else {
                throw SimulatorError(.invalidConfiguration, "missingObjectStatus: expected 204 or 404")
            }
        }
    }
}
