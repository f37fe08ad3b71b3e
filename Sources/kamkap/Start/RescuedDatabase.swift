import Foundation

/// Databases that were written after their files had gone, beside their name.
struct RescuedDatabase {
    /// The ending of one that is being written.
    static let draft = ".part"

    /// Whole databases, the newest last.
    private(set) var whole: [String] = []
    /// Those whose writing was cut short.
    private(set) var parts: [String] = []

    init(beside path: String) {
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingLastPathComponent().path
        let beginning = file.lastPathComponent + ".rescued-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted(by: { $0.compare($1, options: .numeric) == .orderedAscending })
        where name.hasPrefix(beginning) {
            let place = "\(folder)/\(name)"
            let rest = String(name.dropFirst(beginning.count))
            // An empty one holds nothing.
            guard Self.size(of: place) > 0 else { continue }
            if rest.wholeMatch(of: /\d{8}T\d{6}Z(-\d+)?/) != nil {
                whole.append(place)
            } else if rest.wholeMatch(of: /\d{8}T\d{6}Z(-\d+)?\.part/) != nil {
                parts.append(place)
            }
        }
    }

    /// Bytes of a regular file; 0 for anything else.
    static func size(of path: String) -> Int {
        guard let about = try? FileManager.default.attributesOfItem(atPath: path),
            about[.type] as? FileAttributeType == .typeRegular
        else { return 0 }
        return (about[.size] as? NSNumber)?.intValue ?? 0
    }
}
