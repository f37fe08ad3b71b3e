/// The pulse that opens a cash drawer: `ESC p m t1 t2`.
public struct DrawerPulse: Sendable, Hashable {
    /// The connector's pin: 0 is pin 2, 1 is pin 5.
    public var pin: UInt8
    /// On time in units of 2 ms.
    public var on: UInt8
    /// Off time in units of 2 ms.
    public var off: UInt8

    /// The default is 50 ms on and 500 ms off, which opens the common 24 V drawers.
    public init(pin: UInt8 = 0, on: UInt8 = 25, off: UInt8 = 250) {
        self.pin = pin
        self.on = on
        self.off = off
    }
}
