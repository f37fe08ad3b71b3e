/// The faults of the link that are active, and how far the connection is from them.
struct LinkFaults {
    private(set) var bytesUntilDrop: Int?
    private(set) var bytesUntilStall: Int?
    private(set) var isMute = false
    private(set) var noise: [UInt8] = []

    var isStalled: Bool { bytesUntilStall == 0 }

    /// How many more bytes may be read before something happens.
    var bytesAllowed: Int { min(bytesUntilDrop ?? .max, bytesUntilStall ?? .max) }

    mutating func add(_ fault: VirtualPrinter.LinkFault) {
        switch fault {
        case .dropAfter(let bytes): bytesUntilDrop = max(0, bytes)
        case .stallAfter(let bytes): bytesUntilStall = max(0, bytes)
        case .mute: isMute = true
        case .noise(let bytes): noise = bytes
        case .refuseConnections, .paperOutAfter: break
        }
    }

    mutating func count(_ bytes: Int) {
        bytesUntilDrop = bytesUntilDrop.map { $0 - bytes }
        bytesUntilStall = bytesUntilStall.map { $0 - bytes }
    }

    mutating func dropHasHappened() {
        bytesUntilDrop = nil
    }
}
