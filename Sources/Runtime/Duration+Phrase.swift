extension Duration {
    /// Whole milliseconds.
    public var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// "30 minutes", "2 s": for a message to a person.
    public var phrase: String {
        let seconds = components.seconds
        if seconds >= 120, seconds.isMultiple(of: 60) { return "\(seconds / 60) minutes" }
        return seconds > 0 ? "\(seconds) s" : "\(milliseconds) ms"
    }
}
