extension SupplierOCRSimulator {
    /// The account that the simulator plays, how it is addressed, and how it listens.
    public struct Configuration: Sendable {
        public var key = "supplier-ocr-simulator-key"
        /// The page names no header and no path; these are where public code calls the same vendor.
        public var keyHeader = "api-key"
        public var resource = "/ocr-invoice-job"
        public var processPath = "process"
        public var resultsPath = "results"
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// What the page leaves open, until it is changed.
        public var leeway = Leeway()
        /// Whether faults may be set and jobs read over HTTP, under `/simulator`.
        public var control = false
        /// The longest body to read, in bytes.
        public var maximumBody = 1 << 20
        /// The longest document to fetch, in bytes.
        public var maximumDocument = 64 << 20
        /// How long it waits for a document.
        public var fetchTimeout: Duration = .seconds(10)
        /// How many jobs are kept; a further one gets 503.
        public var maximumJobs = 200_000
        /// A connection on which nothing moves is closed after this.
        public var idleTimeout: Duration = .seconds(120)

        public init() {}

        /// Throws if the simulator could not work with this.
        func check() throws(SimulatorError) {
            guard !key.isEmpty, !keyHeader.isEmpty else {
                throw SimulatorError(.invalidConfiguration, "key, keyHeader: expected some text")
            }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            guard resource.hasPrefix("/"), !resource.hasSuffix("/"), !processPath.isEmpty, !resultsPath.isEmpty,
                processPath != resultsPath
            else {
                throw SimulatorError(
                    .invalidConfiguration,
                    "resource: expected a path that begins with a slash and ends without; and two paths below a job")
            }
            try leeway.check()
        }
    }
}
