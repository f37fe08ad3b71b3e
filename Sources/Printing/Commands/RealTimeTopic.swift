/// What `DLE EOT n` can ask a printer about.
public enum RealTimeTopic: UInt8, Sendable, Hashable, CaseIterable {
    case printer = 1
    case offlineCause = 2
    case errorCause = 3
    case paper = 4
}
