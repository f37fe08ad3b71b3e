extension SlimeSimulator.Fault {
    /// What can be wrong with a file at its location.
    public enum FileFault: Sendable, Equatable {
        /// The file comes only after this long.
        case slow(Duration)
        /// This status instead.
        case status(Int)
        /// 200 with a web page, called what the file should have been.
        case html
        /// So many bytes: the file cut off, or more behind it.
        case size(Int)
        /// 302 to anywhere: `file:///etc/passwd`, another port of this machine.
        case redirect(String)
        /// The connection ends in the middle of the file.
        case cut
        /// The connection ends without an answer.
        case lost
        /// The body begins like the file and never ends.
        case endless
        /// One byte of the file each fifth of a second.
        case drip
        /// The file, packed, whatever the request asked for.
        case packed(Coding)

        /// Whether any of the file's bytes are sent.
        var sendsFile: Bool {
            switch self {
            case .slow, .size, .cut, .endless, .drip, .packed: true
            case .status, .html, .redirect, .lost: false
            }
        }
    }
}

extension Reply {
    /// What becomes of a file on its way.
    func meeting(_ fault: SlimeSimulator.Fault.FileFault) -> Reply {
        var reply = self
        switch fault {
        case .slow(let delay): reply.delay = delay
        case .status(let status): reply = .text(status, "The simulator was told to answer \(status).", date: date)
        case .html: reply.body = Array("<!DOCTYPE html>\n<html><body>Sign in to our Wi-Fi<br></body></html>\n".utf8)
        case .size(let size):
            reply.body = Array(body.prefix(size))
            reply.body += repeatElement(UInt8(ascii: "\n"), count: size - reply.body.count)
        case .redirect(let url):
            reply = .text(302, "The file is elsewhere.", date: date)
            reply.location = url
        case .cut: reply.delivery = .cutShort
        case .lost: reply.delivery = .lost
        case .endless: reply.delivery = .endless
        case .drip: reply.delivery = .drip
        case .packed(let coding): reply.pack(as: coding)
        }
        return reply
    }
}
