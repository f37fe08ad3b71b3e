/// What a printer can report, each as a fact of its own.
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

    /// The faults that it reports.
    var faults: PrinterFaults {
        let all: [(PrinterSensors, PrinterFaults)] = [
            (.online, .offline), (.cover, .coverOpen), (.paperEnd, .paperEnd), (.paperNearEnd, .paperNearEnd),
            (.cutter, .cutterError), (.error, [.unrecoverableError, .otherError]),
        ]
        return all.filter { contains($0.0) }.reduce(into: []) { $0.formUnion($1.1) }
    }
}

extension PrinterStatus {
    /// The printer's state from its last replies together with earlier ones.
    ///
    /// A new conversation begins with one answer after the other, so a fact not reported yet stays as it was; but a
    /// printer that is online has none of the faults that take it offline.
    public func completed(from earlier: PrinterStatus?) -> PrinterStatus {
        guard let earlier else { return self }
        var kept = earlier.told.subtracting(told)
        if told.contains(.online), !faults.contains(.offline) { kept.formIntersection(.paperNearEnd) }
        var whole = self
        whole.faults.subtract(kept.faults)
        whole.faults.formUnion(earlier.faults.intersection(kept.faults))
        whole.told.formUnion(earlier.told)
        return whole
    }

    /// Whether `sensor` reports its fault (`online`: whether the printer is online); nil if the printer never reported
    /// it.
    public subscript(sensor: PrinterSensors) -> Bool? {
        guard told.isSuperset(of: sensor) else { return nil }
        let isFaulty = !faults.isDisjoint(with: sensor.faults)
        return sensor == .online ? !isFaulty : isFaulty
    }
}
