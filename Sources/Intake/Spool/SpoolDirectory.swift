import Foundation
import Host
import Sales
import TillAPI

/// The three folders of a spool: tills put files into `incoming`, the gateway moves them on.
struct SpoolDirectory: Sendable {
    enum Entry: Sendable, Equatable {
        case sale(name: String)
        /// Left where it is.
        case ignored(name: String, reason: String)

        var name: String {
            switch self {
            case .sale(let name), .ignored(let name, _): name
            }
        }
    }

    let incoming: String
    let accepted: String
    let rejected: String

    private let root: String
    private let mode: UInt32
    private let group: String?

    /// Makes the folders where they are missing.
    ///
    /// - Parameters:
    ///   - mode: of `incoming`, with `group`; the other two are the gateway's alone.
    init(root: String, mode: UInt32, group: String?) throws(HostError) {
        self.root = root
        self.mode = mode
        self.group = group
        incoming = root + "/incoming"
        accepted = root + "/accepted"
        rejected = root + "/rejected"
        try make()
    }

    func make() throws(HostError) {
        try Folder.make(root, mode: 0o755, group: nil)
        try Folder.make(incoming, mode: mode, group: group)
        try Folder.make(accepted, mode: 0o700, group: nil)
        try Folder.make(rejected, mode: 0o700, group: nil)
    }

    /// What lies in `incoming`, in the order of names. A till's drafts (`.tmp-…`) are no matter of ours.
    func entries() async throws(HostError) -> [Entry] {
        try await Folder.list(incoming).compactMap { item in
            if item.name.hasPrefix(".tmp-") { return nil }
            if item.name.hasPrefix(".") { return .ignored(name: item.name, reason: "its name begins with a dot") }
            guard item.name.hasSuffix(".json") else {
                return .ignored(name: item.name, reason: "its name does not end in .json")
            }
            guard item.kind == .file else { return .ignored(name: item.name, reason: "it is not a regular file") }
            return .sale(name: item.name)
        }
    }

    func accept(_ name: String) async throws(HostError) {
        _ = try await DurableFile.move("\(incoming)/\(name)", to: "\(accepted)/\(name)")
    }

    /// The explanation takes the name that the file got: `NAME.problem.json` beside it.
    func reject(_ name: String, because problem: Problem) async throws(HostError) {
        let placed = try await DurableFile.move("\(incoming)/\(name)", to: "\(rejected)/\(name)")
        let stem = placed.hasSuffix(".json") ? String(placed.dropLast(5)) : placed
        _ = try await DurableFile.write(problem.json.bytes, to: stem + ".problem.json", collision: .number)
    }

    func read(_ name: String, maximum: Int) async throws(HostError) -> [UInt8] {
        try await DurableFile.read("\(incoming)/\(name)", maxBytes: maximum)
    }
}
