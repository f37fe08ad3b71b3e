/// Who waits for a call.
enum CallUrgency: Sendable {
    /// Perhaps a customer at the counter.
    case prompt
    /// Nobody. It leaves some places to those for whom somebody waits.
    case late
}
