/// How a printer on a serial line says that its buffer is full.
public enum SerialFlow: String, Sendable, Hashable, CaseIterable {
    /// It does not; papers longer than its buffer may be damaged at high speed.
    case none
    /// By the RTS and CTS wires of the cable.
    case rtscts
    /// By the bytes XON and XOFF.
    case xonxoff
}
