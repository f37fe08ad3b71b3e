import Gateway

/// Bounds the bodies in memory, whatever tills send and however slowly.
struct BodySemaphores: Sendable {
    /// Bytes that each request may bring without waiting: far more than a sale has. A till that drips such a body holds
    /// up nobody.
    static let small = 64 << 10

    /// Bodies in work.
    let work: AsyncSemaphore
    /// Bytes of bodies that are larger than ``small``, from that moment until the work is done.
    let large: AsyncSemaphore

    private static let refusal = "too many requests are being taken already, or the disk is slow; send it again"

    init(_ limits: ListenerLimits) {
        let refusal = Self.refusal
        work = AsyncSemaphore(places: limits.posts, waitLimit: limits.waitLimit, refusal: refusal)
        large = AsyncSemaphore(places: limits.largeBodies, waitLimit: limits.waitLimit, refusal: refusal)
    }

    /// For pictures, which hold nothing that a sale needs.
    ///
    /// - Parameter maximum: bytes of the largest one.
    init(pictures limits: ListenerLimits, maximum: Int) {
        work = AsyncSemaphore(places: limits.pictures, waitLimit: limits.waitLimit, refusal: Self.refusal)
        large = AsyncSemaphore(
            places: max(limits.largeBodies, maximum), waitLimit: limits.waitLimit, refusal: Self.refusal)
    }
}
