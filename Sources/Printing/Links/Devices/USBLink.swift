/// A printer on USB by Linux's `usblp` driver, as a character device such as `/dev/usb/lp0`.
///
/// Each paper opens the device anew, so a printer that was pulled out and put back is found again.
public final class USBLink: PrinterLink {
    public let path: String
    public let answers = true
    private let thread = BlockingThread()

    public init(path: String) {
        self.path = path
    }

    public func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection {
        let path = path
        return try await DeviceConnection.open(path: path, on: thread, timeout: timeout) { () throws(PrintingError) in
            try DeviceDescriptor.usb(path: path)
        }
    }
}
