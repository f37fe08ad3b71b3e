extension Schema {
    /// Payment slips, each beside its job of the same number. The image is a file of its own.
    ///
    /// `transaction_id` is the sale that a slip was handed in for, and `sale_seq` that sale once it is here. `stated` is the amount
    /// that the till named, `expected` what the slip has to show as far as is known, on the day `expected_on`
    /// (``BangkokDay/number``). `digest` is that of the image as it came, `transfer` the same for all slips that show the same
    /// one (``SlipReading/transfer``). `ended_at` is counted time: from then on the image stays for a while.
    static let slips = """
        CREATE TABLE slip (
            seq INTEGER PRIMARY KEY REFERENCES job (seq) ON DELETE CASCADE,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
            sale_seq INTEGER REFERENCES sale (seq) ON DELETE SET NULL,
            transaction_id TEXT,
            terminal_id TEXT,
            stated INTEGER,
            expected INTEGER NOT NULL,
            expected_on INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            media TEXT NOT NULL CHECK (media IN ('image/jpeg', 'image/png', 'image/webp')),
            size INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            state TEXT NOT NULL
                CHECK (state IN ('waiting', 'reading', 'matched', 'differs', 'unreadable', 'failed')),
            may_be_charged INTEGER NOT NULL DEFAULT 0,
            credits INTEGER,
            read_amount TEXT,
            read_date TEXT,
            read_bank TEXT,
            read_from TEXT,
            read_to TEXT,
            transfer TEXT,
            differences TEXT NOT NULL DEFAULT '[]',
            account_checked INTEGER NOT NULL DEFAULT 0,
            ended_at INTEGER,
            image_removed INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX slip_of_sale ON slip (sale_seq);
        CREATE INDEX slip_named ON slip (transaction_id) WHERE transaction_id IS NOT NULL;
        CREATE INDEX slip_digest ON slip (digest);
        CREATE INDEX slip_transfer ON slip (transfer) WHERE transfer IS NOT NULL;
        CREATE INDEX slip_state ON slip (state);
        CREATE INDEX slip_image ON slip (ended_at) WHERE image_removed = 0 AND ended_at IS NOT NULL;
        """
}
