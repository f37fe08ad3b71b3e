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
        case .file(let path): "file://\(path)"
        case .usb(let path): "usb://\(path)"
        case .serial(let path, let baud, let flow):
            "serial://\(path)?baud=\(baud)" + (flow == .none ? "" : "&flow=\(flow.rawValue)")
        case .cups(let queue, let server): "cups://\(queue)" + (server.map { "?server=\($0)" } ?? "")
        }
    }
}
