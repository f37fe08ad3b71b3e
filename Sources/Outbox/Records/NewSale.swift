public import Foundation
public import Journey
public import Sales

/// A sale to keep.
public struct NewSale: Sendable {
    public let event: SaleEvent
    /// What registers it.
    public let registration: NewJob
    /// The printer of the original; nil if nothing is to be printed.
    public let printer: String?
    public let arrival: Arrival

    /// When and how a sale came in. In counted time, like everything that goes in.
    public struct Arrival: Sendable, Equatable {
        /// Who handed it in, for the log.
        public let source: String
        public let priority: Priority
        public let receivedAt: Date
        /// Until then a customer probably waits for it; for the backlog nobody ever does.
        public let liveUntil: Date

        public init(from source: String, _ priority: Priority = .till, at receivedAt: Date, liveUntil: Date) {
            self.source = source
            self.priority = priority
            self.receivedAt = receivedAt
            self.liveUntil = priority < .backlog ? liveUntil : receivedAt
        }
    }

    public init(event: SaleEvent, registration: NewJob, printer: String?, arrival: Arrival) {
        self.event = event
        self.registration = registration
        self.printer = printer
        self.arrival = arrival
    }
}
