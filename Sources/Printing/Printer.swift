/// A printer of the shop: where it is, what it is, and what has been found out about it.
///
/// A printer serves one session at a time. Keep the value: its copies share what is remembered of the device.
public struct Printer: Sendable {
    public let name: String
    public let device: PrinterDevice
    /// The head's width in dots: 576 for 80 mm paper, 384 for 58 mm.
    public let widthInDots: Int
    public let profile: PrinterProfile
    public let confirmation: ConfirmationPolicy
    public let timeouts: PrinterTimeouts
    let link: any PrinterLink
    let memory: PrinterMemory
    /// Told of each change of the printer's status, from whichever task noticed it.
    let observer: (@Sendable (PrinterStatus) -> Void)?

    public init(
        name: String, device: PrinterDevice, widthInDots: Int = 576, profile: PrinterProfile = .generic,
        confirmation: ConfirmationPolicy = .auto, timeouts: PrinterTimeouts = PrinterTimeouts(),
        link: (any PrinterLink)? = nil, observer: (@Sendable (PrinterStatus) -> Void)? = nil
    ) {
        self.name = name
        self.device = device
        self.widthInDots = widthInDots
        self.profile = profile
        self.confirmation = confirmation
        self.timeouts = timeouts
        self.link = link ?? Self.link(to: device)
        memory = PrinterMemory(reprobe: timeouts.reprobe)
        self.observer = observer
    }

    private static func link(to device: PrinterDevice) -> any PrinterLink {
        switch device {
        case .tcp(let host, let port): TCPLink(host: host, port: port)
        case .file(let path): FileLink(path: path)
        case .usb, .serial, .cups: UnsupportedLink(device: device)
        }
    }

    /// Encodes papers for this printer.
    public var encoder: ESCPOS { ESCPOS(profile: profile) }

    /// Makes contact and asks the printer how it is. A printer that says nothing is opened all the same.
    ///
    /// Throws `cannotConnect`, `unsupportedDevice`, `notReady`, `connectionLost` or `cancelled`; nothing has been printed then.
    public func open() async throws(PrintingError) -> any PrintSession {
        let connection = try await link.connect(timeout: timeouts.connect)
        let session = LinkSession(printer: self, connection: connection)
        do {
            try await session.greet()
        } catch {
            await session.close()
            throw error
        }
        return session
    }
}
