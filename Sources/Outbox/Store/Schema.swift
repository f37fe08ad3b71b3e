import GRDB

/// The tables and their migrations. A released migration is never edited; a later one follows it.
///
/// Times are milliseconds, amounts are satang. Times for people (`received_at`, `issued_at`, `requested_at`,
/// `finished_at`, `redone_at`, `error_at`) count from 1970 in UTC, as the machine's clock showed it. Ages and due times
/// (`aged_from`, `live_until`, `waits_until`, `door_until`, `expires_at`, `next_attempt_at`, `ended_at`,
/// `since`) are counted time, which no set
/// clock can move (``TimeMark``).
///
/// Partial indexes find what is owed, so a million settled sales cost nothing; a service's worker uses the indexes that
/// begin with `service`.
package enum Schema {
    static var migrator: DatabaseMigrator { migrations(keeping: nil) }

    /// - Parameter birth: what a new database keeps of its beginning. In the same commit as its tables: no sale is in it before.
    static func migrations(keeping birth: DatabaseBirth?) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sales, jobs, prints") { db in
            for table in [
                sales, jobs, prints, documents, slips, supplierInvoices, accounts, incidents, clock, loss,
                keyedRequests,
                billing,
            ] {
                try db.execute(sql: table)
            }
            if let birth { try LossQueries.record(birth, in: db) }
        }
        return migrator
    }

    /// Whether this version does not have a migration of this name yet.
    package static func isNewer(_ name: String) -> Bool {
        func split(_ name: String) -> (number: Int, title: Substring)? {
            let digits = name.prefix { $0.isASCII && $0.isNumber }
            return Int(digits).map { ($0, name.dropFirst(digits.count)) }
        }
        let known = migrator.migrations.compactMap(split)
        guard let found = split(name), let last = known.map(\.number).max() else { return false }
        return found.number > last && !known.contains { $0.title == found.title }
    }

    /// Whether a migration of this name is from 0.1, which had other tables.
    package static func isOfFirstVersion(_ name: String) -> Bool { name.hasPrefix("1 sales, prints, account") }

    /// Facts, written once and never changed: what was sold, when, where, under which terms, and who handed it in.
    ///
    /// `issued_day` is the day of `issued_at` in Thailand (``BangkokDay/number``); `due_on` is a day as the event writes it. Each index holds, behind its column,
    /// the sales in the order of their arrival (``SaleSearch``). A sale without a number of its own has its
    /// transaction id on paper, which has an index already.
    private static let sales = """
        CREATE TABLE sale (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            transaction_id TEXT NOT NULL UNIQUE,
            terminal_id TEXT,
            number TEXT NOT NULL,
            source TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            live_until INTEGER NOT NULL,
            issued_at INTEGER NOT NULL,
            issued_day INTEGER NOT NULL,
            vat_included INTEGER NOT NULL,
            vat_rate TEXT NOT NULL,
            rounding TEXT NOT NULL CHECK (rounding IN ('line', 'total')),
            total INTEGER NOT NULL,
            vatable INTEGER NOT NULL,
            exempt INTEGER NOT NULL,
            vat INTEGER NOT NULL,
            document_type TEXT NOT NULL
                CHECK (document_type IN ('tax_invoice_stub', 'tax_invoice', 'abbreviated_tax_invoice', 'receipt')),
            due_on TEXT,
            event BLOB NOT NULL
        ) STRICT;
        CREATE INDEX sale_day ON sale (issued_day);
        CREATE INDEX sale_terminal ON sale (terminal_id) WHERE terminal_id IS NOT NULL;
        CREATE INDEX sale_number ON sale (number) WHERE number <> transaction_id;
        """

    /// What services owe. Most jobs belong to a sale, and most have that sale's transaction id as their key. Then `key`
    /// is NULL, and one index both finds a sale's jobs and keeps them unique.
    ///
    /// `buyer_change` is what staff have said of the sale's buyer since, and what the request was built with.
    ///
    /// `absences`, `repeats`, `surely_made` and `adopted` say how the search stands for what an earlier attempt may have made
    /// (``JobSearch``). `withdrawal_asked_at` and `withdrawn_at` are a registration's: its document is to be taken back, or was.
    ///
    /// `line` says behind whom it goes (``JobLine``): each line is a part of the index of what is owed, so that no search for
    /// one goes through another. `request` is the last column: reading any other does not go through it.
    private static let jobs = """
        CREATE TABLE job (
            seq INTEGER PRIMARY KEY,
            sale_seq INTEGER REFERENCES sale (seq) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            service TEXT NOT NULL,
            key TEXT,
            context TEXT,
            step TEXT NOT NULL CHECK (step IN ('begin', 'follow')),
            state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'rejected')),
            attempts INTEGER NOT NULL DEFAULT 0,
            has_open_attempt INTEGER NOT NULL DEFAULT 0,
            may_have_acted INTEGER NOT NULL DEFAULT 0,
            absences INTEGER NOT NULL DEFAULT 0,
            repeats INTEGER NOT NULL DEFAULT 0,
            surely_made INTEGER NOT NULL DEFAULT 0,
            adopted INTEGER NOT NULL DEFAULT 0,
            line INTEGER NOT NULL DEFAULT 0 CHECK (line IN (0, 1, 2, 3)),
            remote_id TEXT,
            result TEXT,
            error_code TEXT,
            error_message TEXT,
            error_at INTEGER,
            next_attempt_at INTEGER,
            priority INTEGER NOT NULL DEFAULT 0,
            aged_from INTEGER NOT NULL,
            live_until INTEGER NOT NULL,
            ended_at INTEGER,
            rejection_seen INTEGER NOT NULL DEFAULT 0,
            withdrawal_asked_at INTEGER,
            withdrawn_at INTEGER,
            buyer_change BLOB,
            request BLOB NOT NULL,
            CHECK (key IS NOT NULL OR sale_seq IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX job_of_sale ON job (sale_seq, kind, ifnull(key, ''));
        CREATE UNIQUE INDEX job_key ON job (kind, key) WHERE key IS NOT NULL;
        CREATE INDEX job_owed ON job (service, line, next_attempt_at) WHERE state = 'pending';
        CREATE INDEX job_live ON job (service, priority, live_until) WHERE state = 'pending';
        CREATE INDEX job_registration ON job (state, sale_seq, service) WHERE kind = 'registration';
        CREATE INDEX job_rejected_unseen ON job (kind, seq) WHERE state = 'rejected' AND rejection_seen = 0;
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
            is_missed INTEGER NOT NULL DEFAULT 0,
            UNIQUE (sale_seq, id)
        ) STRICT;
        CREATE UNIQUE INDEX print_one_original ON print (sale_seq) WHERE kind = 'receipt' AND mark = 'none';
        CREATE INDEX print_queued ON print (printer, priority, seq) WHERE state = 'queued';
        CREATE INDEX print_begun ON print (seq) WHERE state = 'printing';
        CREATE INDEX print_missed ON print (printer, seq) WHERE is_missed = 1;
        """

    /// A service without a row is up.
    private static let accounts = """
        CREATE TABLE service_account (
            service TEXT PRIMARY KEY NOT NULL,
            condition TEXT NOT NULL CHECK (condition IN ('up', 'down', 'held')),
            code TEXT,
            message TEXT,
            since INTEGER
        ) STRICT;
        """

    /// The one mark of counted time, which a run leaves to the next.
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

    /// Since when this database has every sale, as the machine's clock showed it. Row 1: it took the place of one whose sales,
    /// or some of them, are lost. Row 2: it was made then, and whether there was another before nobody knows.
    private static let loss = """
        CREATE TABLE loss (
            id INTEGER PRIMARY KEY CHECK (id IN (1, 2)),
            at INTEGER NOT NULL
        ) STRICT;
        """

    /// What went wrong and is in no other table, counted until somebody has seen it.
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
