/// A printer on a serial line: a UART, a USB adapter, or a USB printer that shows itself as one.
public final class SerialLink: PrinterLink {
    public let path: String
    /// Bits a second; eight data bits, no parity, one stop bit.
    public let baud: Int
    public let flow: SerialFlow
    public let answers = true
    private let thread = BlockingThread()

    public init(path: String, baud: Int = 115_200, flow: SerialFlow = .none) {
        self.path = path
        self.baud = baud
        self.flow = flow
    }

    public func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection {
        let (path, baud, flow) = (path, baud, flow)
        return try await DeviceConnection.open(path: path, on: thread, timeout: timeout) { () throws(PrintingError) in
            try DeviceDescriptor.serial(path: path, baud: baud, flow: flow)
        }
    }
}
