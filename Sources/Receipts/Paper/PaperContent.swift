/// A paper as blocks: the body and the tail are known at once, the claim may have to wait for its link.
public struct PaperContent: Sendable, Equatable {
    public internal(set) var body: [Block] = []
    public internal(set) var claim: [Block] = []
    public internal(set) var tail: [Block] = []
    public internal(set) var carriesQR = false
    /// What was left out because it does not fit on the paper, and why, without the link; nil where nothing was.
    public internal(set) var lacking: String?

    public var blocks: [Block] { body + claim + tail }
}
