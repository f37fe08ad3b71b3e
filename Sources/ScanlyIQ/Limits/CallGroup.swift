/// The calls that the page counts together.
enum CallGroup: String, Sendable, CaseIterable {
    /// `/api/upload/*`: 20 in 60 seconds.
    case uploads
    /// All other paths that we call: 60 in 60 seconds.
    case others
}
