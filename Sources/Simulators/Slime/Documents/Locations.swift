import Foundation

/// Where files are for a while: unguessable names, and what stands behind each.
struct Locations {
    struct Location {
        enum Target {
            case file(documentID: String, kind: SlimeSimulator.FileKind)
            /// The page that waits until the latest PDF of a transaction is ready.
            case waitingPage
        }

        let target: Target
        let transactionID: String
        /// The subject that gave it.
        let subject: String
        let expiresAt: Date
        fileprivate(set) var uses = 0
    }

    /// More than anybody fetches in a minute; the oldest are forgotten.
    private static let most = 50_000

    private var locations: [String: Location] = [:]
    private var names: [String] = []
    /// The place in `names` that the next one takes once they are full.
    private var oldest = 0

    mutating func add(_ location: Location) -> String {
        let name = Unguessable.text()
        if names.count < Self.most {
            names.append(name)
        } else {
            locations[names[oldest]] = nil
            names[oldest] = name
            oldest = (oldest + 1) % Self.most
        }
        locations[name] = location
        return name
    }

    subscript(name: String) -> Location? { locations[name] }

    mutating func countUse(_ name: String) { locations[name]?.uses += 1 }
}
