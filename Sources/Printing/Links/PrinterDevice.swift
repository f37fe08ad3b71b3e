/// Where a printer is, as written in the configuration.
public enum PrinterDevice: Sendable, Hashable {
    /// `tcp://host:port`; the port is 9100 when absent.
    case tcp(host: String, port: Int)
    /// `file:///path`: a regular file that is appended to.
    case file(path: String)
    /// `usb:///dev/usb/lp0`
    case usb(path: String)
    /// `serial:///dev/ttyUSB0?baud=115200&flow=rtscts`; 115200 and `none` when absent.
    case serial(path: String, baud: Int, flow: SerialFlow = .none)
    /// `cups://queue?server=host:port`; the local server when absent.
    case cups(queue: String, server: String?)
}

extension PrinterDevice: CustomStringConvertible {
    /// The device as it would be written in the configuration.
    public var description: String {
        switch self {
        case .tcp(let host, let port): "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .file(let path): "file://\(Self.written(path))"
        case .usb(let path): "usb://\(Self.written(path))"
        case .serial(let path, let baud, let flow):
            "serial://\(Self.written(path))?baud=\(baud)" + (flow == .none ? "" : "&flow=\(flow.rawValue)")
        case .cups(let queue, let server): "cups://\(queue)" + (server.map { "?server=\(Self.written($0))" } ?? "")
        }
    }

    /// With percent signs for what would be read as something else.
    private static func written(_ text: String) -> String {
        var written = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%", "?", "@", "\0"..."\u{1F}", "\u{7F}":
                written += (scalar.value < 0x10 ? "%0" : "%") + String(scalar.value, radix: 16, uppercase: true)
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }
}
