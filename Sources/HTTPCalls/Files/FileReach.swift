/// Where the files of a service may be.
public enum FileReach: Sendable {
    /// On hosts of the internet, by https.
    case world
    /// Also on this machine, and there by http too: the service itself runs there, as a simulator does.
    case worldAndThisMachine

    func allows(_ reach: AddressReach) -> Bool {
        switch reach {
        case .world: true
        case .machine: self == .worldAndThisMachine
        case .site: false
        }
    }
}
