public import struct Foundation.Date

/// One paper of a sale: the part of it that the rules read and write.
public struct SalePaper: Sendable, Equatable {
    /// Counted from 1 within the sale.
    public let number: Int
    public var machine: PrintMachine
    public var printer: String
    /// When it was asked for.
    public var askedAt: Date
    /// The printer that it was meant for, if a fallback has taken over.
    public var movedFrom: String?
    public var copyNumber: Int?
    public var withQR = false
    /// When it is of no use any more; nil if only the configured age limits it.
    public var expiresAt: Date?
    /// Whether it ended without a known paper, and nobody has acknowledged that or got another paper since.
    public var isMissed = false

    public init(number: Int, machine: PrintMachine, printer: String, askedAt: Date) {
        self.number = number
        self.machine = machine
        self.printer = printer
        self.askedAt = askedAt
    }

    /// Whether the customer has the link on paper.
    public var showsLink: Bool { withQR && (machine.isOut || machine.state == .printing) }

    /// Whether its paper has the link, or will have it: a queued paper is made with what is known by then. One that is
    /// being printed without it says so when it is out.
    var carriesLink: Bool {
        machine.kind == .qrSlip || machine.state == .queued || machine.state == .printing || showsLink
    }
}
