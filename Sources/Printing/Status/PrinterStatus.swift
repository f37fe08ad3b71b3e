/// A printer's report about itself.
public struct PrinterStatus: Sendable, Hashable {
    public var faults: PrinterFaults
    /// What the printer has reported anything about; the rest counts as good.
    public var told: PrinterSensors

    public init(_ faults: PrinterFaults = [], told: PrinterSensors = .all) {
        self.faults = faults
        self.told = told
    }

    public var canPrint: Bool { faults.isDisjoint(with: .stopping) }

    /// The main cause in a few plain words.
    public var summary: String {
        let texts: [(PrinterFaults, String)] = [
            (.unrecoverableError, "in an error that it cannot leave by itself"), (.coverOpen, "cover open"),
            (.paperEnd, "out of paper"), (.cutterError, "cutter jammed"), (.otherError, "in an error"),
            (.offline, "offline"), (.paperNearEnd, "ready, paper nearly out"),
        ]
        return texts.first { faults.contains($0.0) }?.1 ?? "ready"
    }
}
