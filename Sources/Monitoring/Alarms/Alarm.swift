public import Foundation

/// Something that needs a person's hand: it is owed, and does not get done by itself, or soon will not.
public struct Alarm: Sendable, Equatable {
    /// Stable names, for scripts and dashboards.
    public enum Code: String, Sendable, CaseIterable {
        case accountHeld = "account-held"
        case archiveUnwritable = "archive-unwritable"
        case clockWrong = "clock-wrong"
        case databaseStalled = "database-stalled"
        case diskShort = "disk-short"
        case documentsBehind = "documents-behind"
        case printerStuck = "printer-stuck"
        case printsFailed = "prints-failed"
        case printsWaiting = "prints-waiting"
        case providerDown = "provider-down"
        case registrationStuck = "registration-stuck"
        case salesRejected = "sales-rejected"
        case slipDiffers = "slip-differs"
        case spoolRejected = "spool-rejected"
        case spoolStuck = "spool-stuck"
        case supplierInvoicesFailed = "supplier-invoices-failed"
        case totalDiffers = "total-differs"

        /// Whether the outbox counts its incidents one by one, and which of them somebody has seen.
        var isCounted: Bool {
            [.printsFailed, .salesRejected, .slipDiffers, .spoolRejected, .supplierInvoicesFailed, .totalDiffers]
                .contains(self)
        }

        public var severity: Severity {
            switch self {
            case .accountHeld, .clockWrong, .databaseStalled, .diskShort: .critical
            case .archiveUnwritable, .documentsBehind, .printerStuck, .printsFailed, .printsWaiting, .providerDown,
                .registrationStuck, .salesRejected, .slipDiffers, .spoolRejected, .spoolStuck,
                .supplierInvoicesFailed, .totalDiffers:
                .warning
            }
        }
    }

    public enum Severity: String, Sendable {
        case warning
        /// Sales are refused, or none is registered, until somebody acts.
        case critical
    }

    /// What an alarm concerns.
    public enum Subject: Sendable, Equatable {
        /// The gateway as a whole.
        case gateway
        case printer(String)
        /// Such as `slime`.
        case service(String)
    }

    public let code: Code
    public let subject: Subject
    /// How many sales, prints or files it concerns; nil if that cannot be counted.
    public let count: Int?
    /// Why, in one word or a printer's own sentence: an error's code if there is one.
    public let reason: String?
    /// Since when, in counted time.
    public internal(set) var since: Date
    /// What is owed, why, and what to do: one or two sentences for the person who has to act.
    public let text: String

    public init(
        _ code: Code, of subject: Subject = .gateway, count: Int? = nil, reason: String? = nil, since: Date,
        _ text: String
    ) {
        self.code = code
        self.subject = subject
        self.count = count
        self.reason = reason
        self.since = since
        self.text = text
    }

    /// Nil if it is about no printer.
    public var printer: String? { if case .printer(let name) = subject { name } else { nil } }

    /// Nil if it is about no service.
    public var service: String? { if case .service(let name) = subject { name } else { nil } }

    /// The same, as shown by a clock that is this many seconds ahead.
    func shifted(by seconds: TimeInterval) -> Alarm {
        var alarm = self
        alarm.since += seconds
        return alarm
    }

    func isSame(as other: Alarm) -> Bool {
        code == other.code && subject == other.subject
    }
}
