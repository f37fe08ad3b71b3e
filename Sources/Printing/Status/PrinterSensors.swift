/// What a printer can tell of, each a fact of its own.
public struct PrinterSensors: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let online = PrinterSensors(rawValue: 1 << 0)
    public static let cover = PrinterSensors(rawValue: 1 << 1)
    public static let paperEnd = PrinterSensors(rawValue: 1 << 2)
    public static let paperNearEnd = PrinterSensors(rawValue: 1 << 3)
    public static let cutter = PrinterSensors(rawValue: 1 << 4)
    /// Any error but the cutter's.
    public static let error = PrinterSensors(rawValue: 1 << 5)

    public static let all: PrinterSensors = [.online, .cover, .paperEnd, .paperNearEnd, .cutter, .error]
}

extension PrinterStatus {
    /// What a printer is known to be by its last words together with earlier ones.
    ///
    /// A new conversation begins with one answer after the other, so what was not said yet stays as it was; but a printer
    /// that is online has none of the faults that take it off line.
    public func completed(from earlier: PrinterStatus?) -> PrinterStatus {
        guard let earlier else { return self }
        var whole = self
        let kept = earlier.told.subtracting(told)
        if kept.contains(.paperNearEnd) { whole.paperNearEnd = earlier.paperNearEnd }
        if !(told.contains(.online) && online) {
            if kept.contains(.online) { whole.online = earlier.online }
            if kept.contains(.cover) { whole.coverOpen = earlier.coverOpen }
            if kept.contains(.paperEnd) { whole.paperEnd = earlier.paperEnd }
            if kept.contains(.cutter) { whole.cutterError = earlier.cutterError }
            if kept.contains(.error) {
                whole.unrecoverableError = earlier.unrecoverableError
                whole.otherError = earlier.otherError
            }
        }
        whole.told.formUnion(earlier.told)
        return whole
    }

    /// Whether `sensor` reports its trouble (`online`: that the printer is); nil where the printer never told.
    public subscript(sensor: PrinterSensors) -> Bool? {
        guard told.isSuperset(of: sensor) else { return nil }
        return switch sensor {
        case .online: online
        case .cover: coverOpen
        case .paperEnd: paperEnd
        case .paperNearEnd: paperNearEnd
        case .cutter: cutterError
        case .error: unrecoverableError || otherError
        default: nil
        }
    }
}
