extension Schema {
    /// Documents that the provider has made of sales, in the order in which it told of them, and which of their files are
    /// in the archive. `files_asked`: a job has been made for each file that was not in it.
    ///
    /// A print of a document has the document's own bytes until it is over: it needs neither archive nor provider any more. They
    /// are in a table of their own, so that a change of the print does not write them again.
    ///
    /// A tally counts what is in no other table and is never acknowledged.
    ///
    /// `archive`: the folders that were used as the archive, each with the id that is written in it.
    static let documents = """
        CREATE TABLE document (
            seq INTEGER PRIMARY KEY,
            sale_seq INTEGER NOT NULL REFERENCES sale (seq) ON DELETE CASCADE,
            service TEXT NOT NULL,
            id TEXT NOT NULL UNIQUE,
            sequence INTEGER NOT NULL,
            readied_at INTEGER,
            pdf_size INTEGER,
            xml_size INTEGER,
            pdf_archived INTEGER NOT NULL DEFAULT 0,
            xml_archived INTEGER NOT NULL DEFAULT 0,
            files_asked INTEGER NOT NULL DEFAULT 0,
            aged_from INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX document_of_sale ON document (sale_seq, sequence);
        CREATE INDEX document_unarchived ON document (seq) WHERE pdf_archived = 0 OR xml_archived = 0;
        CREATE INDEX document_unasked ON document (service, seq) WHERE files_asked = 0;
        CREATE TABLE document_print (
            seq INTEGER PRIMARY KEY,
            sale_seq INTEGER NOT NULL REFERENCES sale (seq) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            document_id TEXT NOT NULL,
            printer TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('queued', 'printing', 'printed', 'failed', 'cancelled', 'uncertain')),
            confirmed_by TEXT,
            requested_at INTEGER NOT NULL,
            aged_from INTEGER NOT NULL,
            finished_at INTEGER,
            error TEXT,
            is_missed INTEGER NOT NULL DEFAULT 0,
            UNIQUE (sale_seq, id)
        ) STRICT;
        CREATE INDEX document_print_queued ON document_print (printer, seq) WHERE state = 'queued';
        CREATE INDEX document_print_begun ON document_print (seq) WHERE state = 'printing';
        CREATE INDEX document_print_missed ON document_print (printer, seq) WHERE is_missed = 1;
        CREATE TABLE document_print_file (
            print_seq INTEGER PRIMARY KEY REFERENCES document_print (seq) ON DELETE CASCADE,
            pdf BLOB NOT NULL
        ) STRICT;
        CREATE TABLE tally (
            name TEXT PRIMARY KEY NOT NULL,
            count INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE archive (
            folder TEXT PRIMARY KEY NOT NULL,
            id TEXT NOT NULL CHECK (length(id) = 36)
        ) STRICT;
        """
}
