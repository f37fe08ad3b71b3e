public import Foundation

/// A printer as the API shows it.
public struct PrinterResource: WireResource {
    public var name = ""
    /// As configured.
    public var device = ""
    /// Dots across the paper.
    public var dots = 0
    /// `unknown`, `ready`, `attention`, `unable` or `unreachable`.
    public var state = ""
    /// Its own report, in plain words.
    public var detail: String?
    public var since = Date.distantPast
    /// Prints that wait for it.
    public var queued = 0
    public var sensors = SensorsResource()

    public init() {}

    public static let fields: [WireField<PrinterResource>] =
        [
            .field("name", \.name), .field("device", \.device), .field("dots", \.dots), .field("state", \.state),
            .field("detail", \.detail), .field("since", \.since), .field("queued", \.queued),
        ] + WireField<PrinterResource>.fields(of: \.sensors)
}
