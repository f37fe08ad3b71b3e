/// Lets in one at a time, in the order in which they come.
actor Turns {
    private var isTaken = false
    private var waiting: [(id: Int, ring: AsyncStream<Void>.Continuation)] = []
    private var count = 0

    /// Waits for the turn; whoever has it gives it back with ``leave()``.
    func take() async throws(CancellationError) {
        guard isTaken else {
            isTaken = true
            return
        }
        count += 1
        let id = count
        let (rings, ring) = AsyncStream<Void>.makeStream()
        waiting.append((id, ring))
        for await _ in rings { return }
        // The task was cancelled, perhaps just when its turn had come.
        if let place = waiting.firstIndex(where: { $0.id == id }) {
            waiting.remove(at: place)
        } else {
            leave()
        }
        throw CancellationError()
    }

    func leave() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().ring.yield() }
    }

    /// Whether nobody has it or waits for it.
    var isIdle: Bool { !isTaken }
}
