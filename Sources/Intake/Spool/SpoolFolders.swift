/// What a spool calls its folders beside `incoming`, and what it puts beside a file that is not taken for itself.
struct SpoolFolders: Sendable {
    /// Where a file goes whose content is kept.
    let accepted: String
    /// Where a refused file goes, with an explanation beside it.
    let rejected: String
    /// Where a file goes whose content came before under another name, with a note beside it; nil if `accepted` takes them.
    var known: String?

    /// A sale's and a slip's.
    static let usual = SpoolFolders(accepted: "accepted", rejected: "rejected")

    var all: [String] { [accepted, rejected] + (known.map { [$0] } ?? []) }
}

/// What lies beside a file, and says why the file is there.
enum SpoolNote: String, Sendable, CaseIterable {
    /// Of `NAME.json` it is `NAME.problem.json`.
    case problem = ".problem.json"
    case duplicate = ".duplicate.json"
}
