extension Schema {
    /// Requests to be done once. Without a status: begun, and perhaps done.
    static let keyedRequests = """
        CREATE TABLE keyed_request (
            key TEXT NOT NULL PRIMARY KEY,
            fingerprint BLOB NOT NULL,
            begun_at INTEGER NOT NULL,
            status INTEGER,
            body BLOB,
            retry_after INTEGER
        ) STRICT;
        CREATE INDEX keyed_request_age ON keyed_request (begun_at);
        """
}
