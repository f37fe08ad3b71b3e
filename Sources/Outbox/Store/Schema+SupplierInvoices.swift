extension Schema {
    /// Invoices of suppliers, each beside its job of the same number. The document is a file of its own, and so is what was read
    /// of it.
    ///
    /// `digest` is the document's SHA-256 as 64 hexadecimal digits, `name` the name of the file in which it came first, and `copies`
    /// how often the same bytes came again. `filed_as` is the file's name once nothing is owed about it: it is written before
    /// the file moves, and `is_filed` after that. `is_cleared`: nothing of it is published any more, nor at the service if it was
    /// removed. `redo_asked`: staff have it read anew, and its file is on its way back.
    ///
    /// `door_token` is the SHA-256 of the word under which the gateway's own door shows the document, `door_until` until when.
    /// That, `aged_from` and `ended_at` are counted time.
    static let supplierInvoices = """
        CREATE TABLE supplier_invoice (
            seq INTEGER PRIMARY KEY REFERENCES job (seq) ON DELETE CASCADE,
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            size INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'read', 'failed', 'removed')),
            copies INTEGER NOT NULL DEFAULT 0,
            ended_at INTEGER,
            filed_as TEXT,
            is_filed INTEGER NOT NULL DEFAULT 0,
            is_cleared INTEGER NOT NULL DEFAULT 0,
            redo_asked INTEGER NOT NULL DEFAULT 0,
            redone_at INTEGER,
            door_token BLOB,
            door_until INTEGER
        ) STRICT;
        CREATE INDEX supplier_invoice_state ON supplier_invoice (state);
        CREATE INDEX supplier_invoice_unfiled ON supplier_invoice (seq) WHERE is_filed = 0 AND ended_at IS NOT NULL;
        CREATE INDEX supplier_invoice_uncleared ON supplier_invoice (seq) WHERE is_cleared = 0 AND ended_at IS NOT NULL;
        CREATE INDEX supplier_invoice_redo ON supplier_invoice (seq) WHERE redo_asked = 1;
        CREATE INDEX supplier_invoice_door ON supplier_invoice (door_token) WHERE door_token IS NOT NULL;
        """
}
