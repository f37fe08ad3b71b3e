/// A printer of the shop: its address, its kind, and what has been learned about it.
///
/// A printer serves one session at a time. Keep the value: its copies share what is remembered about the device.
public struct Printer: Sendable {
    public let name: String
    public let device: PrinterDevice
    public let model: PrinterModel
    public let timeouts: PrinterTimeouts
    private let way: Way
    let memory: PrinterMemory
    /// Called at each change of the printer's status, from the task that noticed it.
    let observer: (@Sendable (PrinterStatus) -> Void)?

    public init(
        name: String, device: PrinterDevice, model: PrinterModel = PrinterModel(),
        timeouts: PrinterTimeouts = PrinterTimeouts(), link: (any PrinterLink)? = nil,
        observer: (@Sendable (PrinterStatus) -> Void)? = nil
    ) {
        self.name = name
        self.device = device
        self.model = model
        self.timeouts = timeouts
        way = link.map(Way.link) ?? Self.way(to: device)
        memory = PrinterMemory(reprobe: timeouts.reprobe)
        self.observer = observer
    }

    /// Over a connection of bytes, or through a print server.
    private enum Way: Sendable {
        case link(any PrinterLink)
        case queue(CUPSQueue)
    }

    private static func way(to device: PrinterDevice) -> Way {
        switch device {
        case .tcp(let host, let port): .link(TCPLink(host: host, port: port))
        case .file(let path): .link(FileLink(path: path))
        case .usb(let path): .link(USBLink(path: path))
        case .serial(let path, let baud, let flow): .link(SerialLink(path: path, baud: baud, flow: flow))
        case .cups(let queue, let server): .queue(CUPSQueue(name: queue, server: server))
        }
    }

    public var widthInDots: Int { model.widthInDots }
    public var profile: PrinterProfile { model.profile }
    public var confirmation: ConfirmationPolicy { model.confirmation }

    /// Encodes papers for this printer.
    public var encoder: ESCPOS { ESCPOS(profile: profile) }

    /// Makes contact and asks the printer for its status. A printer that never answers is opened all the same.
    ///
    /// Throws `cannotConnect`, `notReady`, `connectionLost` or `cancelled`; nothing has been printed then.
    public func open() async throws(PrintingError) -> any PrintSession {
        switch way {
        case .queue(let queue):
            return try await CUPSSession.open(printer: self, queue: queue)
        case .link(let link):
            let connection = try await link.connect(timeout: timeouts.connect)
            let session = LinkSession(printer: self, connection: connection, answers: link.answers)
            do {
                try await session.handshake()
            } catch {
                await session.close()
                throw error
            }
            return session
        }
    }
}
