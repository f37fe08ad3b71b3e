/// What came of bringing back a damaged database.
public struct RecoveryReport: Sendable, Equatable {
    public internal(set) var sales = 0
    public internal(set) var prints = 0
    /// Sales that are still owed to their provider.
    public internal(set) var pending = 0
    /// Rows that were found and are not whole, or do not agree with themselves.
    public internal(set) var unreadRows = 0
    /// The ids of such sales, where those could be read; at most ``mostIDs``.
    public internal(set) var unreadSales: [String] = []
    /// Sales that came back without their registration: it was lost, or cannot be read. A person sends
    /// them again; at most ``mostIDs`` are named.
    public internal(set) var lostRegistrations = 0
    public internal(set) var toSendAgain: [String] = []
    /// Numbers between the first sale and the last that no sale was found for: lost with their page, or purged.
    public internal(set) var missingSales = 0
    /// Parts of the log, or pages, that the disk or their checksums gave up.
    public internal(set) var lostPages = 0

    static let mostIDs = 1_000

    public init() {}
}

/// How far a recovery is.
public struct RecoveryProgress: Sendable {
    public let page: Int
    public let pages: Int
    public let sales: Int
}
