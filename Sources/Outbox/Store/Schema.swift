import GRDB

/// The tables, and how they came to be. A migration is never edited once released; a later one follows it.
///
/// Times are milliseconds, amounts are satang. What people read (`received_at`, `issued_at`, `requested_at`, `finished_at`,
/// `error_at`) counts from 1970 in UTC, as the machine's clock showed it. What has an age or falls due (`aged_from`,
/// `live_until`, `waits_until`, `expires_at`, `next_attempt_at`, `since`) is counted time, which no clock that is set can
/// move (``TimeMark``).
///
/// What is owed is found by partial indexes, so that a million settled sales cost nothing.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sales, prints, account, incidents, clock") { db in
            try db.execute(sql: sales)
            try db.execute(sql: prints)
            try db.execute(sql: account)
            try db.execute(sql: incidents)
            try db.execute(sql: clock)
            try db.execute(sql: keyedRequests)
        }
        return migrator
    }

    /// Whether a migration of this name is one that this version does not have yet.
    static func isNewer(_ name: String) -> Bool {
        func split(_ name: String) -> (number: Int, words: Substring)? {
            let digits = name.prefix { $0.isASCII && $0.isNumber }
            return Int(digits).map { ($0, name.dropFirst(digits.count)) }
        }
        let known = migrator.migrations.compactMap(split)
        guard let found = split(name), let last = known.map(\.number).max() else { return false }
        return found.number > last && !known.contains { $0.words == found.words }
    }

    private static let sales = """
        CREATE TABLE sale (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            transaction_id TEXT NOT NULL UNIQUE,
            terminal_id TEXT,
            number TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            issued_at INTEGER NOT NULL,
            vat_included INTEGER NOT NULL,
            vat_rate TEXT NOT NULL,
            rounding TEXT NOT NULL CHECK (rounding IN ('line', 'total')),
            total INTEGER NOT NULL,
            vatable INTEGER NOT NULL,
            exempt INTEGER NOT NULL,
            vat INTEGER NOT NULL,
            event BLOB NOT NULL,
            slime_data BLOB NOT NULL,
            names_its_theme INTEGER NOT NULL,
            live_until INTEGER NOT NULL,
            registration TEXT NOT NULL CHECK (registration IN ('pending', 'ready', 'rejected')),
            step TEXT NOT NULL CHECK (step IN ('stub', 'show')),
            attempts INTEGER NOT NULL DEFAULT 0,
            has_open_attempt INTEGER NOT NULL DEFAULT 0,
            may_be_initiated INTEGER NOT NULL DEFAULT 0,
            waits_apart INTEGER NOT NULL DEFAULT 0,
            service_url TEXT,
            error_code TEXT,
            error_message TEXT,
            error_at INTEGER,
            next_attempt_at INTEGER,
            priority INTEGER NOT NULL DEFAULT 0,
            rejection_seen INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX sale_owed ON sale (waits_apart, next_attempt_at) WHERE registration = 'pending';
        CREATE INDEX sale_live ON sale (priority, live_until) WHERE registration = 'pending';
        CREATE INDEX sale_by_registration ON sale (registration, seq);
        CREATE INDEX sale_rejected_unseen ON sale (seq) WHERE registration = 'rejected' AND rejection_seen = 0;
        """

    private static let prints = """
        CREATE TABLE print (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            sale_seq INTEGER NOT NULL REFERENCES sale (seq) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('receipt', 'qr_slip', 'copy')),
            mark TEXT NOT NULL CHECK (mark IN ('none', 'copy', 'reprint')),
            copy_number INTEGER,
            printer TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('queued', 'printing', 'printed', 'failed', 'cancelled', 'uncertain')),
            with_qr INTEGER NOT NULL DEFAULT 0,
            confirmed_by TEXT,
            requested_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            waits_until INTEGER NOT NULL,
            finished_at INTEGER,
            error TEXT,
            moved_from TEXT,
            priority INTEGER NOT NULL DEFAULT 0,
            expires_at INTEGER,
            failure_seen INTEGER NOT NULL DEFAULT 0,
            UNIQUE (sale_seq, id)
        ) STRICT;
        CREATE UNIQUE INDEX print_one_original ON print (sale_seq) WHERE kind = 'receipt' AND mark = 'none';
        CREATE INDEX print_queued ON print (printer, priority, seq) WHERE state = 'queued';
        CREATE INDEX print_begun ON print (seq) WHERE state = 'printing';
        CREATE INDEX print_ended_badly ON print (printer, seq) WHERE \(PrintQueries.endedBadly);
        """

    private static let account = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            condition TEXT NOT NULL CHECK (condition IN ('up', 'down', 'held')),
            code TEXT,
            message TEXT,
            since INTEGER
        ) STRICT;
        INSERT INTO account (id, condition) VALUES (1, 'up');
        """

    /// The one mark of where counted time stood, as a run leaves it to the next.
    private static let clock = """
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            counted INTEGER NOT NULL,
            boot_id TEXT,
            since_boot INTEGER NOT NULL,
            proof_counted INTEGER,
            proof_shown INTEGER,
            is_open INTEGER NOT NULL
        ) STRICT;
        """

    /// What went wrong and stands in no other table, counted until somebody has seen it.
    private static let incidents = """
        CREATE TABLE incident (
            seq INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            subject TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            since INTEGER NOT NULL,
            reason TEXT,
            UNIQUE (code, subject)
        ) STRICT;
        """
}
