/// How a list is read without being a burden to the service.
public struct LookUpPace: Sendable {
    /// Between two pages.
    let pause: Duration
    /// One look as a whole. After that it is begun anew, later.
    let longest: Duration
    let sleep: @Sendable (Duration) async throws -> Void

    public static let gentle = LookUpPace()

    /// - Parameter sleep: by a clock that does not step.
    public init(
        pause: Duration = .milliseconds(250), longest: Duration = .seconds(300),
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0, clock: .continuous)
        }
    ) {
        self.pause = pause
        self.longest = longest
        self.sleep = sleep
    }
}
