/// The last calls of a simulator, as long as there is room.
struct CallRing<Call> {
    /// How many calls are kept.
    private static var most: Int { 10_000 }

    private var ring: [Call] = []
    /// How many there ever were.
    private(set) var count = 0

    /// Those in memory, oldest first.
    var calls: [Call] {
        let oldest = count % max(ring.count, 1)
        return Array(ring[oldest...] + ring[..<oldest])
    }

    mutating func append(_ call: Call) {
        if ring.count < Self.most { ring.append(call) } else { ring[count % Self.most] = call }
        count += 1
    }
}
