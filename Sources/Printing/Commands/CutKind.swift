/// What happens to the paper after a print.
public enum CutKind: String, Sendable, Hashable, CaseIterable {
    case full
    /// One point of the paper is left uncut.
    case partial
    /// The paper is fed to the tear bar.
    case none
}
