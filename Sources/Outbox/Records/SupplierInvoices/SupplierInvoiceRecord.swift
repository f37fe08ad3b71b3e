public import Foundation
public import Journey
public import Sales

/// A supplier's invoice as the outbox knows it, with its job. Nothing of what it says.
public struct SupplierInvoiceRecord: Sendable, Equatable {
    /// By which staff call it: the outbox's own number, in the order of arrival.
    public let number: Int64
    public let service: ServiceName
    /// SHA-256 of the document, as 64 hexadecimal digits.
    public let digest: String
    /// Of the file in which it came first.
    public let name: String
    /// What its bytes are, as a file's name ends.
    public let type: String
    /// Bytes.
    public let size: Int
    /// As the machine's clock showed it.
    public let receivedAt: Date
    public let state: SupplierInvoiceState
    /// How often the same bytes came again.
    public let copies: Int
    /// The name of its file once nothing is owed; nil until that is chosen.
    public let filedAs: String?
    /// Whether the file lies under that name.
    public let isFiled: Bool
    /// Whether nothing of it is published any more.
    public let isCleared: Bool
    /// Whether staff have it read anew, and its file is on its way back.
    public let isRedoAsked: Bool
    /// When staff last had it read anew, as the machine's clock showed it.
    public let redoneAt: Date?
    /// Attempts begun so far.
    public let attempts: Int
    /// Why it is not read yet, or was not.
    public let lastError: Failure?
    /// When it goes on, in counted time; nil once nothing is owed.
    public let nextAttemptAt: Date?
    /// The service's own name for its job; nil while it has given none, or once that is deleted.
    public let remoteID: String?
    /// What the service keeps beside the request: how the document is published.
    public let context: String?

    /// What the shop calls its file: as it is filed, and before that as it came.
    public var file: String { filedAs ?? name }
}
