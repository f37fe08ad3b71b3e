extension Schema {
    /// What staff asked a provider about bills, and the bills that are watched.
    ///
    /// `called_at`, `looked_at` and `polled_at` are counted time. `key` is what the thing of a call is known by. A row that is
    /// `open` while no call is under way was left by a gateway that was killed: its end is unknown too.
    static let billing = """
        CREATE TABLE billing_call (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            service TEXT NOT NULL,
            verb TEXT NOT NULL,
            key TEXT NOT NULL,
            request BLOB,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'unknown')),
            answer_id TEXT,
            error_code TEXT,
            asked_at INTEGER NOT NULL,
            ended_at INTEGER,
            called_at INTEGER NOT NULL,
            looks INTEGER NOT NULL DEFAULT 0,
            looked_at INTEGER
        ) STRICT;
        CREATE INDEX billing_call_unresolved ON billing_call (service, verb, key) WHERE state IN ('open', 'unknown');
        CREATE TABLE bill (
            id TEXT PRIMARY KEY NOT NULL,
            service TEXT NOT NULL,
            transaction_id TEXT,
            number TEXT,
            status TEXT,
            is_open INTEGER NOT NULL DEFAULT 1,
            absences INTEGER NOT NULL DEFAULT 0,
            polled_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX bill_open ON bill (service, polled_at) WHERE is_open = 1;
        """
}
