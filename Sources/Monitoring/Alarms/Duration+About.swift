extension Duration {
    /// "40 seconds", "12 minutes", "3 hours", "2 days": how long something has lasted, for a person.
    public var about: String {
        let seconds = max(0, components.seconds)
        let (count, unit): (Int64, String) =
            switch seconds {
            case ..<120: (seconds, "second")
            case ..<7_200: (seconds / 60, "minute")
            case ..<172_800: (seconds / 3_600, "hour")
            default: (seconds / 86_400, "day")
            }
        return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }
}
