/// The last bytes that a printer was sent, and how many there were.
struct ReceivedBytes {
    private static let most = 4 * 1024 * 1024

    private(set) var count = 0
    private(set) var bytes: [UInt8] = []

    mutating func append(_ more: ArraySlice<UInt8>) {
        count += more.count
        bytes += more
        // Half at a time, so that not every byte moves all the others.
        if bytes.count > Self.most { bytes.removeFirst(bytes.count - Self.most / 2) }
    }
}
