import GRDB

/// What can be checked of a database at its opening without reading all of it.
enum SchemaCheck {
    static func refuseOthers(_ db: Database, path: String) throws {
        guard try !Schema.migrator.appliedIdentifiers(db).contains(where: Schema.isOfFirstVersion) else {
            throw OutboxError(
                .olderSchema,
                "the database \(path) is of Kamkap 0.1, whose tables this version does not read; nothing in it was changed. Let 0.1 finish what it owes (kamkap status says what), then move the file away and keep it (mv \(path) \(path).0.1): this version begins with a new one"
            )
        }
        guard try Schema.migrator.hasBeenSuperseded(db) else { return }
        throw OutboxError(
            .newerSchema,
            "the database \(path) was written by a newer Kamkap; install that version, or give this one another file")
    }

    /// Compares the schema with what the database's migrations make of an empty one.
    static func check(_ db: Database, path: String) throws {
        let found = try entries(db)
        let applied = try Schema.migrator.appliedMigrations(db)
        guard let last = applied.last else {
            if found.isEmpty { return }
            guard found.contains(where: { $0.hasPrefix("table sale ") }) else {
                throw OutboxError(
                    .cannotOpen, "the database \(path) belongs to another program: give Kamkap a file of its own")
            }
            throw DatabaseOpening.damaged(path, "its list of migrations is lost")
        }
        let model = try DatabaseQueue()
        try Schema.migrator.migrate(model, upTo: last)
        // An index that somebody added does no harm.
        let own = try model.read(entries)
        guard found.isSuperset(of: own), found.subtracting(own).allSatisfy({ $0.hasPrefix("index ") }) else {
            throw DatabaseOpening.damaged(path, "its tables are not those that Kamkap made")
        }
    }

    /// Reads both ends of every table and index: this finds a file that was cut short, or whose roots are gone. It does
    /// not read the pages in between, which would take as long as the file is large.
    static func touchEnds(_ db: Database) throws {
        let pending = "WHERE state = 'pending' ORDER BY"
        for order in ["ASC", "DESC"] {
            for rows in [
                "* FROM sale ORDER BY seq",
                "* FROM job ORDER BY seq",
                "* FROM print ORDER BY seq",
                "transaction_id FROM sale ORDER BY transaction_id",
                "seq FROM sale INDEXED BY sale_day ORDER BY issued_day",
                "seq FROM sale INDEXED BY sale_terminal WHERE terminal_id IS NOT NULL ORDER BY terminal_id",
                "seq FROM sale INDEXED BY sale_number WHERE number <> transaction_id ORDER BY number",
                "seq FROM job INDEXED BY job_of_sale ORDER BY sale_seq",
                "seq FROM job INDEXED BY job_key WHERE key IS NOT NULL ORDER BY kind",
                "seq FROM job INDEXED BY job_owed \(pending) service",
                "seq FROM job INDEXED BY job_live \(pending) service",
                "seq FROM job INDEXED BY job_registration WHERE kind = 'registration' ORDER BY state",
                "seq FROM job INDEXED BY job_rejected_unseen WHERE state = 'rejected' AND rejection_seen = 0 ORDER BY kind",
                "id FROM print ORDER BY sale_seq",
                "seq FROM print INDEXED BY print_queued WHERE state = 'queued' ORDER BY printer",
                "seq FROM print INDEXED BY print_begun WHERE state = 'printing' ORDER BY seq",
                "seq FROM print INDEXED BY print_missed WHERE is_missed = 1 ORDER BY printer",
                "* FROM document ORDER BY seq",
                "id FROM document ORDER BY id",
                "seq FROM document INDEXED BY document_of_sale ORDER BY sale_seq",
                "seq FROM document INDEXED BY document_unarchived WHERE (pdf_archived = 0 OR xml_archived = 0) ORDER BY seq",
                "seq FROM document INDEXED BY document_unasked WHERE files_asked = 0 ORDER BY service",
                "* FROM document_print ORDER BY seq",
                "id FROM document_print ORDER BY sale_seq",
                "seq FROM document_print INDEXED BY document_print_queued WHERE state = 'queued' ORDER BY printer",
                "seq FROM document_print INDEXED BY document_print_begun WHERE state = 'printing' ORDER BY seq",
                "seq FROM document_print INDEXED BY document_print_missed WHERE is_missed = 1 ORDER BY printer",
                "print_seq FROM document_print_file ORDER BY print_seq",
                "* FROM slip ORDER BY seq",
                "id FROM slip ORDER BY id",
                "seq FROM slip INDEXED BY slip_of_sale ORDER BY sale_seq",
                "seq FROM slip INDEXED BY slip_named WHERE transaction_id IS NOT NULL ORDER BY transaction_id",
                "seq FROM slip INDEXED BY slip_digest ORDER BY digest",
                "seq FROM slip INDEXED BY slip_transfer WHERE transfer IS NOT NULL ORDER BY transfer",
                "seq FROM slip INDEXED BY slip_state ORDER BY state",
                "seq FROM slip INDEXED BY slip_image WHERE image_removed = 0 AND ended_at IS NOT NULL ORDER BY ended_at",
                "* FROM supplier_invoice ORDER BY seq",
                "digest FROM supplier_invoice ORDER BY digest",
                "seq FROM supplier_invoice INDEXED BY supplier_invoice_state ORDER BY state",
                "seq FROM supplier_invoice INDEXED BY supplier_invoice_unfiled WHERE is_filed = 0 AND ended_at IS NOT NULL ORDER BY seq",
                "seq FROM supplier_invoice INDEXED BY supplier_invoice_uncleared WHERE is_cleared = 0 AND ended_at IS NOT NULL ORDER BY seq",
                "seq FROM supplier_invoice INDEXED BY supplier_invoice_redo WHERE redo_asked = 1 ORDER BY seq",
                "seq FROM supplier_invoice INDEXED BY supplier_invoice_door WHERE door_token IS NOT NULL ORDER BY door_token",
                "* FROM tally ORDER BY name",
                "* FROM archive ORDER BY folder",
                "* FROM incident ORDER BY seq",
                "code FROM incident ORDER BY code",
                "service FROM service_account ORDER BY service",
                "* FROM keyed_request ORDER BY key",
                "key FROM keyed_request ORDER BY begun_at",
                "* FROM billing_call ORDER BY seq",
                "seq FROM billing_call INDEXED BY billing_call_unresolved WHERE state IN ('open', 'unknown') ORDER BY service",
                "* FROM bill ORDER BY id",
                "id FROM bill INDEXED BY bill_open WHERE is_open = 1 ORDER BY service",
            ] {
                _ = try Row.fetchOne(db, sql: "SELECT \(rows) \(order) LIMIT 1")
            }
        }
        _ = try Row.fetchOne(db, sql: "SELECT * FROM service_account")
        _ = try Row.fetchOne(db, sql: "SELECT * FROM clock")
    }

    private static func entries(_ db: Database) throws -> Set<String> {
        try String.fetchSet(
            db,
            sql: """
                SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema
                WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'grdb\\_%' ESCAPE '\\'
                """)
    }
}
