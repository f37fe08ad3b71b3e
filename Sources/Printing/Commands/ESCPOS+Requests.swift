extension ESCPOS {
    /// `GS ( H` function 48: answered `37 22 d1 d2 d3 d4 00` once everything before it has been printed.
    public static func processIDRequest(_ id: ProcessID) -> [UInt8] {
        [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30] + id.bytes
    }

    /// `GS r 1`: the paper sensors, answered by one byte in its turn behind the data before it.
    public static let queuedStatusRequest: [UInt8] = [0x1D, 0x72, 0x01]

    /// `DLE EOT n`: answered by one byte at once, whatever is queued.
    public static func realTimeStatusRequest(_ topic: RealTimeTopic) -> [UInt8] {
        [0x10, 0x04, topic.rawValue]
    }
}
