/// Where a file stands: its folder, which the configuration names, and its name, which anybody may have chosen.
public struct FilePlace: Sendable, Hashable, CustomStringConvertible {
    public let folder: String
    public let name: FileName

    public init(_ folder: String, _ name: FileName) {
        self.folder = folder
        self.name = name
    }

    public init(path: String) throws(HostError) {
        let slash = path.lastIndex(of: "/")
        let last = slash.map { path[path.index(after: $0)...] } ?? path[...]
        guard !path.utf8.contains(0), let name = FileName(String(last)) else {
            throw HostError(.invalidPath, "\(path) does not name a file.")
        }
        self.name = name
        folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    public var description: String { folder == "/" ? "/\(name)" : "\(folder)/\(name)" }

    func numbered(_ number: Int) -> FilePlace { FilePlace(folder, name.numbered(number)) }

    /// As system calls want it.
    var path: [CChar] { (Array(folder.utf8) + [UInt8(ascii: "/")] + name.bytes + [0]).map(CChar.init(bitPattern:)) }
}
