/// The sender of a request, as far as it has identified itself.
enum Caller: Sendable {
    /// A user of this machine, over the Unix socket. May do everything.
    case local
    /// Staff, over the network. May do everything but operations on this machine.
    case staff
    /// A till, over the network. Hands in sales, asks about them, and prints.
    case till
}
