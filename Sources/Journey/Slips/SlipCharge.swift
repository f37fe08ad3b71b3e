import Sales

/// Whether a service may have charged a slip more than once. What was asked of it cannot be looked up there.
public enum SlipCharge {
    /// Whether this event may have led to a second charge: the reading was asked for again, or what had been charged is lost. An
    /// image that is uploaded again costs nothing.
    public static func mayBeDoubled(
        by event: JobMachine.Event, from before: JobMachine, to after: JobMachine
    ) -> Bool {
        guard after.search.repeats > before.search.repeats else { return false }
        if case .lost = event { return before.step == .follow || before.mayHaveActed }
        return true
    }
}
