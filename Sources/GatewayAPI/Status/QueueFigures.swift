/// The prints of one printer that are not out yet.
public struct QueueFigures: WireResource {
    public var printer = ""
    public var queued = 0
    /// Age of the first print in the queue, or of the one in the printer's hands.
    public var oldestSeconds = 0

    public init() {}

    public init(printer: String, queued: Int, oldestSeconds: Int) {
        self.printer = printer
        self.queued = queued
        self.oldestSeconds = oldestSeconds
    }

    public static let fields: [WireField<QueueFigures>] = [
        .field("printer", \.printer), .field("queued", \.queued), .field("oldest_seconds", \.oldestSeconds),
    ]
}
