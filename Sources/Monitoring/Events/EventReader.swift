import Synchronization

/// The events of one reader, for one task.
public final class EventReader: AsyncSequence, Sendable {
    public enum Element: Sendable, Equatable {
        case event(id: Int, GatewayEvent)
        /// This many events were dropped, the last of them with this id.
        case missed(Int, lastID: Int)
        /// Nothing has happened; see ``remind()``.
        case silence
    }

    enum Waiting: Sendable {
        case event(Int, GatewayEvent)
        case silence
    }

    /// The id of the last event before this reader came.
    public let lastID: Int
    private let waiting: AsyncStream<Waiting>
    private let continuation: AsyncStream<Waiting>.Continuation
    private let takings = Atomic(0)

    init(lastID: Int, waiting: AsyncStream<Waiting>, continuation: AsyncStream<Waiting>.Continuation) {
        self.lastID = lastID
        self.waiting = waiting
        self.continuation = continuation
    }

    deinit { continuation.finish() }

    /// How many elements were taken so far: if the number stands still, the reader takes no more.
    public var taken: Int { takings.load(ordering: .relaxed) }

    /// Puts a ``Element/silence`` behind the waiting elements.
    public func remind() { continuation.yield(.silence) }

    /// Ends the sequence after the waiting elements.
    public func end() { continuation.finish() }

    public func makeAsyncIterator() -> Iterator { Iterator(reader: self, lastID: lastID) }

    public struct Iterator: AsyncIteratorProtocol {
        private let reader: EventReader
        private var waiting: AsyncStream<Waiting>.Iterator
        private var lastID: Int
        private var heldBack: GatewayEvent?

        fileprivate init(reader: EventReader, lastID: Int) {
            self.reader = reader
            self.lastID = lastID
            waiting = reader.waiting.makeAsyncIterator()
        }

        /// Ids have no gaps, so an id shows how many events were dropped.
        public mutating func next() async -> Element? {
            if let event = heldBack {
                heldBack = nil
                lastID += 1
                return .event(id: lastID, event)
            }
            guard let next = await waiting.next() else { return nil }
            reader.takings.add(1, ordering: .relaxed)
            guard case .event(let id, let event) = next else { return .silence }
            let missed = id - lastID - 1
            lastID = missed > 0 ? id - 1 : id
            if missed > 0 {
                heldBack = event
                return .missed(missed, lastID: lastID)
            }
            return .event(id: id, event)
        }
    }
}
