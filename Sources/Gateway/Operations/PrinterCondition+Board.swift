import Monitoring
import PrintQueue
import Printing

extension PrinterCondition {
    init(_ entry: PrinterBoard.Entry) {
        self.init(
            name: entry.name, device: entry.device, widthInDots: entry.widthInDots, state: .init(entry.state),
            detail: entry.detail, since: entry.since)
        sensors = Self.sensors(of: entry.sensors)
    }

    private static func sensors(of status: PrinterStatus?) -> [Sensor: Bool] {
        guard let status else { return [:] }
        let known: [(Sensor, PrinterSensors)] = [
            (.online, .online), (.paperNearEnd, .paperNearEnd), (.paperEnd, .paperEnd), (.coverOpen, .cover),
            (.cutterError, .cutter), (.otherError, .error),
        ]
        return Dictionary(
            known.compactMap { sensor, told in status[told].map { (sensor, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}

extension PrinterCondition.State {
    fileprivate init(_ state: PrinterBoard.State) {
        self =
            switch state {
            case .unknown: .unknown
            case .ready: .ready
            case .attention: .attention
            case .unable: .unable
            case .unreachable: .unreachable
            }
    }
}
