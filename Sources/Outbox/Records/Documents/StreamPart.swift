public import Foundation
public import Sales

/// What one answer of a stream of documents brought, and what is asked next.
public struct StreamPart: Sendable {
    public let documents: [ProvidedDocument]
    /// Documents that could not be read.
    public let unreadable: Int
    public let next: StreamRequest
    /// When that is asked, in counted time.
    public let due: Date
    /// The same if nothing of this part is new: a stream that turns in a circle must not be asked without a pause.
    public let dueWithoutNews: Date

    public init(
        documents: [ProvidedDocument] = [], unreadable: Int = 0, next: StreamRequest, due: Date,
        dueWithoutNews: Date? = nil
    ) {
        self.documents = documents
        self.unreadable = unreadable
        self.next = next
        self.due = due
        self.dueWithoutNews = dueWithoutNews ?? due
    }
}

/// The bytes to send, and what the service keeps beside them.
public struct StreamRequest: Sendable, Equatable {
    public let bytes: [UInt8]
    public let context: String?

    public init(bytes: [UInt8], context: String?) {
        self.bytes = bytes
        self.context = context
    }
}

/// What became of the documents of a part.
public struct StreamCount: Sendable, Equatable {
    /// Of sales of this store, and not known before.
    public var new = 0
    /// Of sales that this store does not have: a project at the provider has many stores.
    public var strange = 0

    public init(new: Int = 0, strange: Int = 0) {
        self.new = new
        self.strange = strange
    }
}

/// Whether a stream of documents runs, or where it can begin.
public enum StreamState: Sendable, Equatable {
    case running
    /// It is not followed now, and its place is kept.
    case paused
    /// It has not begun. `firstSale`: when the first sale was received, as the machine's clock showed it; nil while no sale
    /// is registered, so that no document can be there.
    case notBegun(firstSale: Date?)
}
