/// Whoever sends a request, by what they have proved themselves with.
enum Caller: Sendable {
    /// A user of this machine, over the Unix socket. May do everything.
    case local
    /// Staff, over the network. May do everything but what touches this machine.
    case staff
    /// A till, over the network. Hands in sales, asks about them, and prints.
    case till
}
