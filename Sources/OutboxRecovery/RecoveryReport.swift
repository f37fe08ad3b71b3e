/// The result of recovering a damaged database.
public struct RecoveryReport: Sendable, Equatable {
    public internal(set) var sales = 0
    public internal(set) var prints = 0
    /// Sales that are still owed to their provider.
    public internal(set) var pending = 0
    /// Rows that were found and are incomplete, or contradict themselves.
    public internal(set) var unreadRows = 0
    /// The ids of such sales, if those could be read; at most ``mostIDs``.
    public internal(set) var unreadSales: [String] = []
    /// Sales that came back without their registration: it was lost, or cannot be read. A person sends them again; at
    /// most ``mostIDs`` are named.
    public internal(set) var lostRegistrations = 0
    public internal(set) var toSendAgain: [String] = []
    /// Documents that were on their way to paper: each is `failed` now, or `uncertain`, and staff ask for it again.
    public internal(set) var endedDocumentPrints = 0
    /// Numbers between the first sale and the last without a sale: lost with their page, or purged.
    public internal(set) var missingSales = 0
    /// Parts of the log, or pages, that the disk or their checksums gave up.
    public internal(set) var lostPages = 0

    static let mostIDs = 1_000

    public init() {}
}

/// The progress of a recovery.
public struct RecoveryProgress: Sendable {
    public let page: Int
    public let pages: Int
    public let sales: Int
}
