extension PrinterDevice {
    /// Reads a device as the configuration has it, such as `tcp://192.168.1.50:9100`.
    ///
    /// Throws `PrintingError` with the code `invalidDevice` and a message that says what was expected.
    public init(parsing text: String) throws(PrintingError) {
        // The text before an @ may be a password, so the message does not repeat it.
        let shown = text.contains("@") ? "a device with a user name" : "\"\(text)\""
        guard let written = DeviceText(text), !text.contains("@") else {
            throw Self.invalid(shown, "a device is written as tcp://, usb://, serial://, cups:// or file://")
        }
        switch written.scheme {
        case "tcp": self = try Self.tcp(written, shown)
        case "file":
            self = .file(path: try Self.path(written, shown, example: "file:///tmp/receipts.bin", parameters: []))
        case "usb": self = .usb(path: try Self.path(written, shown, example: "usb:///dev/usb/lp0", parameters: []))
        case "serial": self = try Self.serial(written, shown)
        case "cups": self = try Self.cups(written, shown)
        default:
            throw Self.invalid(
                shown, "\"\(written.scheme)\" is no kind of device; known are tcp, usb, serial, cups and file")
        }
    }

    private static func tcp(_ written: DeviceText, _ shown: String) throws(PrintingError) -> PrinterDevice {
        let expected = "expected tcp://host:port, such as tcp://192.168.1.50:9100; without a port it is 9100"
        guard written.parameters.isEmpty, written.path.isEmpty || written.path == "/",
            let (host, port) = hostAndPort(written.authority, port: 9_100)
        else { throw invalid(shown, expected) }
        return .tcp(host: host, port: port)
    }

    private static func serial(_ written: DeviceText, _ shown: String) throws(PrintingError) -> PrinterDevice {
        let path = try path(
            written, shown, example: "serial:///dev/ttyUSB0?baud=115200", parameters: ["baud", "flow"])
        guard let baud = Int(written.parameters["baud"] ?? "115200"), BaudRate.isKnown(baud) else {
            throw invalid(shown, "baud is one of \(BaudRate.list)")
        }
        guard let flow = SerialFlow(rawValue: written.parameters["flow"] ?? "none") else {
            throw invalid(shown, "flow is one of \(SerialFlow.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return .serial(path: path, baud: baud, flow: flow)
    }

    private static func cups(_ written: DeviceText, _ shown: String) throws(PrintingError) -> PrinterDevice {
        let expected = "expected cups://queue or cups://queue?server=host:port"
        guard !written.authority.isEmpty, written.authority.unicodeScalars.allSatisfy({ $0.value > 0x20 }),
            written.path.isEmpty || written.path == "/", written.parameters.keys.allSatisfy({ $0 == "server" })
        else { throw invalid(shown, expected) }
        guard let server = written.parameters["server"] else { return .cups(queue: written.authority, server: nil) }
        guard hostAndPort(server, port: 631) != nil else { throw invalid(shown, expected) }
        return .cups(queue: written.authority, server: server)
    }

    private static func path(
        _ written: DeviceText, _ shown: String, example: String, parameters: Set<String>
    ) throws(PrintingError) -> String {
        guard written.authority.isEmpty, written.path.count > 1, !written.path.contains("\0") else {
            throw invalid(shown, "expected three slashes and an absolute path, such as \(example)")
        }
        guard parameters.isSuperset(of: written.parameters.keys) else {
            let known = parameters.isEmpty ? "no parameters are known here" : "known: \(parameters.sorted())"
            throw invalid(shown, "an unknown parameter; \(known)")
        }
        return written.path
    }

    /// `host`, `host:port`, `[IPv6]` or `[IPv6]:port`.
    static func hostAndPort(_ text: String, port standard: Int) -> (host: String, port: Int)? {
        var host = Substring(text)
        var port: Substring?
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
            host = host[..<end].dropFirst()
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || ":.%".contains($0) || $0.isLetter }) else {
                return nil
            }
        } else {
            if let colon = host.firstIndex(of: ":") {
                port = host[host.index(after: colon)...]
                host = host[..<colon]
            }
            guard host.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) }) else { return nil }
        }
        guard !host.isEmpty else { return nil }
        guard let port else { return (String(host), standard) }
        guard let number = UInt16(port), number > 0, port.allSatisfy(\.isNumber) else { return nil }
        return (String(host), Int(number))
    }

    private static func invalid(_ shown: String, _ expected: String) -> PrintingError {
        PrintingError(.invalidDevice, "\(shown) cannot be read as a printer's device: \(expected).")
    }
}
