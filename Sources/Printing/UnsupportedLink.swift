/// Stands for a kind of device that this version has no link to.
struct UnsupportedLink: PrinterLink {
    let device: PrinterDevice
    var answers: Bool { false }

    func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection {
        throw PrintingError(
            .unsupportedDevice,
            """
            This version cannot print to \(device): only tcp:// and file:// devices are built in. \
            Give the printer a tcp:// device if it has a network socket.
            """)
    }
}
