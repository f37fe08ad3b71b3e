import Synchronization

/// The uploads of the last minutes. How long the service keeps one is nowhere said; a new one is surely there, so a refusal
/// of it is about the image.
final class RecentUploads: Sendable {
    static let lifetime: Duration = .seconds(300)

    private let made = Mutex<[String: ContinuousClock.Instant]>([:])

    func add(_ id: String, at now: ContinuousClock.Instant = .now) {
        made.withLock { made in
            made = made.filter { $0.value + Self.lifetime > now }
            made[id] = now
        }
    }

    func contains(_ id: String, at now: ContinuousClock.Instant = .now) -> Bool {
        made.withLock { made in made[id].map { $0 + Self.lifetime > now } ?? false }
    }
}
