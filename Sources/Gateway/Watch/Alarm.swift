public import Foundation

/// Something that needs a person's hand: it is owed, and does not get done by itself, or soon will not.
public struct Alarm: Sendable, Equatable {
    /// Stable names, for scripts and dashboards.
    public enum Code: String, Sendable, CaseIterable {
        case accountHeld = "account-held"
        case databaseStalled = "database-stalled"
        case diskShort = "disk-short"
        case printerStuck = "printer-stuck"
        case printsWaiting = "prints-waiting"
        case registrationStuck = "registration-stuck"
        case salesRejected = "sales-rejected"
        case slimeDown = "slime-down"

        public var severity: Severity {
            switch self {
            case .accountHeld, .databaseStalled, .diskShort: .critical
            case .printerStuck, .printsWaiting, .registrationStuck, .salesRejected, .slimeDown: .warning
            }
        }
    }

    public enum Severity: String, Sendable {
        case warning
        /// Sales are refused, or none is registered, until somebody acts.
        case critical
    }

    public let code: Code
    /// The printer that it is about; nil where it is about the gateway as a whole.
    public let subject: String?
    /// Since when what it is about is so.
    public internal(set) var since: Date
    /// What is owed, why, and what to do: one or two sentences for the person who has to act.
    public let text: String

    init(_ code: Code, _ subject: String? = nil, since: Date, _ text: String) {
        self.code = code
        self.subject = subject
        self.since = since
        self.text = text
    }

    func isSame(as other: Alarm) -> Bool { code == other.code && subject == other.subject }
}
