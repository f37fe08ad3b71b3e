/// Cuts what a printer sends into replies. Takes the bytes in any pieces; what is no reply is skipped and counted.
public struct PrinterReplyParser: Sendable {
    /// Bytes that belonged to no reply.
    public private(set) var skippedBytes = 0
    /// Those of them that no printer says. XON and XOFF are said by some, whatever the line is set to.
    public private(set) var noiseBytes = 0
    /// The beginning of a reply whose end has not come; never more than a process ID's seven bytes.
    private var pending: [UInt8] = []

    public init() {}

    public mutating func parse(_ bytes: some Sequence<UInt8>) -> [PrinterReply] {
        var replies: [PrinterReply] = []
        for byte in bytes {
            pending.append(byte)
            drain(into: &replies)
        }
        return replies
    }

    private mutating func drain(into replies: inout [PrinterReply]) {
        while !pending.isEmpty {
            switch Self.shape(of: pending) {
            case .whole(let reply, let length):
                replies.append(reply)
                pending.removeFirst(length)
            case .begun:
                return
            case .garbage:
                let byte = pending.removeFirst()
                skippedBytes += 1
                if byte != 0x11, byte != 0x13 { noiseBytes += 1 }
            }
        }
    }

    private enum Shape {
        case whole(PrinterReply, length: Int)
        case begun
        case garbage
    }

    /// The fixed bits tell replies apart: real-time 0xx1xx10, ASB 0xx1xx00 and three of 0xx0xxxx, `GS r` 0xx0xxxx.
    private static func shape(of bytes: [UInt8]) -> Shape {
        let first = bytes[0]
        if first & 0b1001_0000 == 0 { return .whole(.queued(first), length: 1) }
        if first == 0x37 { return processID(bytes) }
        switch first & 0b1001_0011 {
        case 0b0001_0010: return .whole(.realTime(first), length: 1)
        case 0b0001_0000: return automatic(bytes)
        default: return .garbage
        }
    }

    private static func automatic(_ bytes: [UInt8]) -> Shape {
        guard bytes.dropFirst().prefix(3).allSatisfy({ $0 & 0b1001_0000 == 0 }) else { return .garbage }
        return bytes.count < 4 ? .begun : .whole(.automatic(Array(bytes.prefix(4))), length: 4)
    }

    private static func processID(_ bytes: [UInt8]) -> Shape {
        if bytes.count > 1, bytes[1] != 0x22 { return .garbage }
        guard bytes.dropFirst(2).prefix(4).allSatisfy({ (32...126).contains($0) }) else { return .garbage }
        guard bytes.count >= 7 else { return .begun }
        guard bytes[6] == 0, let id = ProcessID(Array(bytes[2..<6])) else { return .garbage }
        return .whole(.processID(id), length: 7)
    }
}
