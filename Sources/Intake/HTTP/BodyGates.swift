/// What bounds the bodies that are in memory, whatever tills send and however slowly.
struct BodyGates: Sendable {
    /// Bytes that each request may bring without asking: far more than a sale has. Whoever drips such a body holds up
    /// nobody.
    static let small = 64 << 10

    /// Bodies that are worked on.
    let work: IntakeGate
    /// Bytes of bodies that are larger than ``small``, from when they are until the work is done.
    let large: IntakeGate

    init(_ limits: TillLimits) {
        work = IntakeGate(places: limits.posts, patience: limits.patience)
        large = IntakeGate(places: limits.largeBodies, patience: limits.patience)
    }
}
