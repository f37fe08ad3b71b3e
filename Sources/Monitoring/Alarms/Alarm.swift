public import Foundation

/// Something that needs a person's hand: it is owed, and does not get done by itself, or soon will not.
public struct Alarm: Sendable, Equatable {
    /// Stable names, for scripts and dashboards.
    public enum Code: String, Sendable, CaseIterable {
        case accountHeld = "account-held"
        case clockWrong = "clock-wrong"
        case databaseStalled = "database-stalled"
        case diskShort = "disk-short"
        case printerStuck = "printer-stuck"
        case printsFailed = "prints-failed"
        case printsWaiting = "prints-waiting"
        case providerDown = "provider-down"
        case registrationStuck = "registration-stuck"
        case salesRejected = "sales-rejected"
        case spoolRejected = "spool-rejected"
        case spoolStuck = "spool-stuck"
        case totalDiffers = "total-differs"

        /// Whether the outbox counts its incidents one by one, and which of them somebody has seen.
        var isCounted: Bool { [.printsFailed, .salesRejected, .spoolRejected, .totalDiffers].contains(self) }

        public var severity: Severity {
            switch self {
            case .accountHeld, .clockWrong, .databaseStalled, .diskShort: .critical
            case .printerStuck, .printsFailed, .printsWaiting, .providerDown, .registrationStuck, .salesRejected,
                .spoolRejected, .spoolStuck, .totalDiffers:
                .warning
            }
        }
    }

    public enum Severity: String, Sendable {
        case warning
        /// Sales are refused, or none is registered, until somebody acts.
        case critical
    }

    public let code: Code
    /// The printer in question; nil if it concerns the gateway as a whole.
    public let printer: String?
    /// The service in question, such as `slime`.
    public let service: String?
    /// How many sales, prints or files it concerns; nil if that cannot be counted.
    public let count: Int?
    /// Why, in one word or a printer's own sentence: an error's code if there is one.
    public let reason: String?
    /// Since when, in counted time.
    public internal(set) var since: Date
    /// What is owed, why, and what to do: one or two sentences for the person who has to act.
    public let text: String

    public init(
        _ code: Code, printer: String? = nil, service: String? = nil, count: Int? = nil, reason: String? = nil,
        since: Date, _ text: String
    ) {
        self.code = code
        self.printer = printer
        self.service = service
        self.count = count
        self.reason = reason
        self.since = since
        self.text = text
    }

    /// The same, as shown by a clock that is this many seconds ahead.
    func shifted(by seconds: TimeInterval) -> Alarm {
        var alarm = self
        alarm.since += seconds
        return alarm
    }

    func isSame(as other: Alarm) -> Bool {
        code == other.code && printer == other.printer && service == other.service
    }
}
