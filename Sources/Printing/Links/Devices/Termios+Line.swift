import Glibc

/// The possible speeds of a line, with the system's codes for them.
enum BaudRate {
    static let codes: [(baud: Int, code: speed_t)] = [
        (9_600, speed_t(B9600)), (19_200, speed_t(B19200)), (38_400, speed_t(B38400)), (57_600, speed_t(B57600)),
        (115_200, speed_t(B115200)), (230_400, speed_t(B230400)),
    ]

    static let list = codes.map { String($0.baud) }.joined(separator: ", ")

    static func isKnown(_ baud: Int) -> Bool { codes.contains { $0.baud == baud } }
}

extension termios {
    /// Raw bytes both ways, eight data bits, no parity, one stop bit. The modem wires stay as they are at close.
    mutating func set(baud: Int, flow: SerialFlow) throws(PrintingError) {
        guard let code = BaudRate.codes.first(where: { $0.baud == baud })?.code else {
            throw PrintingError(
                .invalidDevice, "\(baud) is no speed of a serial line; baud is one of \(BaudRate.list).")
        }
        cfmakeraw(&self)
        c_cflag |= tcflag_t(CLOCAL | CREAD)
        c_cflag &= ~tcflag_t(HUPCL | CSTOPB | PARENB)
        let wires = tcflag_t(truncatingIfNeeded: CRTSCTS)
        if flow == .rtscts { c_cflag |= wires } else { c_cflag &= ~wires }
        let bytes = tcflag_t(IXON | IXOFF)
        if flow == .xonxoff { c_iflag |= bytes } else { c_iflag &= ~bytes }
        guard cfsetspeed(&self, code) == 0 else {
            throw PrintingError(.cannotConnect, "\(baud) baud cannot be set: \(systemReason(errno)).")
        }
    }
}
