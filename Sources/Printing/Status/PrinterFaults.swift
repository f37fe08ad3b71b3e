/// What may be wrong with a printer, each as a fact of its own.
public struct PrinterFaults: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let offline = PrinterFaults(rawValue: 1 << 0)
    public static let coverOpen = PrinterFaults(rawValue: 1 << 1)
    public static let paperEnd = PrinterFaults(rawValue: 1 << 2)
    /// The roll will soon be empty; printing goes on.
    public static let paperNearEnd = PrinterFaults(rawValue: 1 << 3)
    public static let cutterError = PrinterFaults(rawValue: 1 << 4)
    /// The printer must be switched off and on, or repaired.
    public static let unrecoverableError = PrinterFaults(rawValue: 1 << 5)
    /// Any other error, such as a head that is too hot.
    public static let otherError = PrinterFaults(rawValue: 1 << 6)

    /// Those with which nothing is printed.
    public static let stopping: PrinterFaults = [
        .offline, .coverOpen, .paperEnd, .cutterError, .unrecoverableError, .otherError,
    ]
}
