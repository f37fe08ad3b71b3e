/// Where files are taken from, and what becomes of them.
public struct SpoolSettings: Sendable {
    /// The folder that holds `incoming` and the others.
    public let root: String
    /// The mode of `incoming`.
    public let mode: UInt32
    /// The group of these folders; nil for the gateway's own.
    public let group: String?
    /// The longest file that is taken, in bytes.
    public let maximumBody: Int
    /// How long settled files stay; nil if they are nobody's to remove.
    public let keep: Duration?

    public init(root: String, mode: UInt32, group: String?, maximumBody: Int, keep: Duration?) {
        self.root = root
        self.mode = mode
        self.group = group
        self.maximumBody = maximumBody
        self.keep = keep
    }
}
