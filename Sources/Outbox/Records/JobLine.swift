import Sales

/// Behind whom a job goes, as the database keeps it.
enum JobLine: Int {
    /// Somebody waits for it, or did.
    case ordinary = 0
    /// It fails while others get through: after all of them, one at a time.
    case apart = 1
    /// After everything that is to be made, however much that is.
    case documents = 2

    init(_ kind: JobKind, waitsApart: Bool = false) {
        self = waitsApart ? .apart : kind.isAboutDocuments ? .documents : .ordinary
    }
}
