import GRDB
import Outbox

/// The form of a table's rows, which distinguishes a row on a loose page from others.
struct TableShape {
    private struct Column {
        let name: String
        let type: String
        let mayBeNull: Bool
        /// The value of this column in rows that were written before it was added.
        let initial: DatabaseValue
    }

    /// No store gets so far; and after the largest possible number SQLite gives no other.
    private static let lastNumber: Int64 = 1 << 40

    private let name: String
    private let columns: [Column]
    /// Columns that every row was written with.
    private let fewest: Int
    /// Whether the first column is the row's number, for which the record itself has no value.
    private let isNumbered: Bool

    init(of name: String, in db: Database) throws {
        self.name = name
        let rows = try Row.fetchAll(db, sql: "PRAGMA table_info(\(name))")
        columns = try rows.map { row in
            let initial: String? = try row.optional("dflt_value")
            return Column(
                name: try row.required("name"), type: try row.required("type"),
                mayBeNull: try row.required("notnull") == 0,
                initial: try initial.flatMap { try DatabaseValue.fetchOne(db, sql: "SELECT \($0)") } ?? .null)
        }
        isNumbered = columns.first?.type == "INTEGER"
        fewest = (columns.lastIndex { !$0.mayBeNull && $0.initial.isNull } ?? 0) + 1
    }

    /// The whole row, with its number and with later columns; nil if it is another table's.
    func row(_ entry: TablePage.Entry) -> [DatabaseValue]? {
        guard (fewest...columns.count).contains(entry.values.count), (1...Self.lastNumber).contains(entry.rowID) else {
            return nil
        }
        var values = entry.values + columns[entry.values.count...].map(\.initial)
        if isNumbered {
            guard values.first?.isNull == true else { return nil }
            values[0] = entry.rowID.databaseValue
        }
        return zip(values, columns).allSatisfy(Self.fits) ? values : nil
    }

    func insert(_ values: [DatabaseValue], into db: Database) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        try db.cachedStatement(
            sql: "INSERT INTO \(name) (\(names)) VALUES (\(databaseQuestionMarks(count: columns.count)))"
        ).execute(arguments: StatementArguments(values))
    }

    private static func fits(_ value: DatabaseValue, _ column: Column) -> Bool {
        switch value.storage {
        case .null: column.mayBeNull
        case .int64: column.type == "INTEGER"
        case .string: column.type == "TEXT"
        case .blob: column.type == "BLOB"
        case .double: false
        }
    }
}
