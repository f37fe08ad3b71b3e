public import Foundation

/// One piece of paper of a sale.
public struct PrintResource: WireResource {
    /// Counted from 1 within the sale.
    public var id = 0
    /// `receipt`, `qr_slip` or `copy`.
    public var kind = ""
    /// `none`, `copy` or `reprint`.
    public var mark = ""
    public var copyNumber: Int?
    public var printer = ""
    /// `queued`, `printing`, `printed`, `failed`, `cancelled` or `uncertain`.
    public var state = ""
    public var withQR = false
    /// `process-id`, `status`, `cups` or `written`.
    public var confirmedBy: String?
    public var requestedAt = Date.distantPast
    public var finishedAt: Date?
    public var error: String?

    public init() {}

    public static let fields: [WireField<PrintResource>] = [
        .field("id", \.id), .field("kind", \.kind), .field("mark", \.mark), .field("copy_number", \.copyNumber),
        .field("printer", \.printer), .field("state", \.state), .field("with_qr", \.withQR),
        .field("confirmed_by", \.confirmedBy), .field("requested_at", \.requestedAt),
        .field("finished_at", \.finishedAt), .field("error", \.error),
    ]
}
