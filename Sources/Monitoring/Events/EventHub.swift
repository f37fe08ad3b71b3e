import Synchronization

/// Passes every event to every reader. Nobody waits for a reader: one that is too slow loses the oldest.
public final class EventHub: Sendable {
    public static let maximumReaders = 64
    /// Events that may wait for one reader.
    public static let maximumWaiting = 256

    private struct State {
        var lastID = 0
        var nextKey = 0
        var readers: [Int: AsyncStream<EventReader.Waiting>.Continuation] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Without a reader it only counts.
    public func publish(_ event: @autoclosure () -> GatewayEvent) {
        state.withLock { state in
            state.lastID += 1
            if state.readers.isEmpty { return }
            let event = event()
            for reader in state.readers.values { reader.yield(.event(state.lastID, event)) }
        }
    }

    /// A new reader of future events; nil while there are too many.
    func reader() -> EventReader? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: EventReader.Waiting.self, bufferingPolicy: .bufferingNewest(Self.maximumWaiting))
        let place: (key: Int, lastID: Int)? = state.withLock { state in
            guard state.readers.count < Self.maximumReaders else { return nil }
            state.nextKey += 1
            state.readers[state.nextKey] = continuation
            return (state.nextKey, state.lastID)
        }
        guard let place else { return nil }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: place.key) }
        }
        return EventReader(lastID: place.lastID, waiting: stream, continuation: continuation)
    }
}
