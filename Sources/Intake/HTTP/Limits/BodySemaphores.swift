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

    init(_ limits: ListenerLimits) {
        let refusal = "too many requests are being taken already, or the disk is slow; send it again"
        work = AsyncSemaphore(places: limits.posts, waitLimit: limits.waitLimit, refusal: refusal)
        large = AsyncSemaphore(places: limits.largeBodies, waitLimit: limits.waitLimit, refusal: refusal)
    }
}
