/// How a job worker asks its service.
public struct JobWorkerSettings: Sendable {
    /// Most calls in flight, besides those about documents.
    public var concurrency: Int
    /// After this long without a call a health check asks the service; nil for never.
    public var healthCheckInterval: Duration?
    /// What to do about documents that the service makes; nil for nothing.
    public var documents: DocumentTasks?

    public init(concurrency: Int, healthCheckInterval: Duration? = nil, documents: DocumentTasks? = nil) {
        self.concurrency = concurrency
        self.healthCheckInterval = healthCheckInterval
        self.documents = documents
    }
}
