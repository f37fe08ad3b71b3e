/// Prints that are not out yet.
public struct PrintFigures: WireResource {
    public var queued: Int?
    public var oldestSeconds: Int?
    /// Without printers that owe nothing.
    public var byPrinter: [QueueFigures] = []

    public init() {}

    public static let fields: [WireField<PrintFigures>] = [
        .field("queued", \.queued), .field("oldest_seconds", \.oldestSeconds), .field("by_printer", \.byPrinter),
    ]
}
