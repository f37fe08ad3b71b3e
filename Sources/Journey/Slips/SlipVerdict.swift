/// What became of a slip that was read.
public struct SlipVerdict: Sendable, Equatable {
    /// ``SlipState/matched``, ``SlipState/differs`` or ``SlipState/unreadable``.
    public let state: SlipState
    /// Empty unless it differs.
    public let differences: [SlipDifference]
    /// Whether the account was compared: the shop may have named none of its own.
    public let accountChecked: Bool

    public init(_ state: SlipState, _ differences: [SlipDifference] = [], accountChecked: Bool = false) {
        self.state = state
        self.differences = differences
        self.accountChecked = accountChecked
    }
}
