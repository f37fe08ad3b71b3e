/// What a condition looks like in the printer's answers, as Epson's "ESC/POS Command Reference" gives their bits.
extension VirtualPrinter.Condition {
    var canPrint: Bool { self == .ready || self == .paperNearEnd }

    /// DLE EOT n: 0xx1xx10. nil for an n that is not known.
    func realTimeStatus(_ n: UInt8) -> UInt8? {
        let fixed: UInt8 = 0x12
        switch n {
        case 1: return fixed | (canPrint ? 0 : 0x08)
        case 2:
            switch self {
            case .coverOpen: return fixed | 0x04
            case .paperOut: return fixed | 0x20
            case .cutterError, .unrecoverableError: return fixed | 0x40
            default: return fixed
            }
        case 3:
            switch self {
            case .cutterError: return fixed | 0x08
            case .unrecoverableError: return fixed | 0x20
            default: return fixed
            }
        case 4:
            switch self {
            case .paperNearEnd: return fixed | 0x0C
            case .paperOut: return fixed | 0x0C | 0x60
            default: return fixed
            }
        default: return nil
        }
    }

    /// GS a: four bytes, the first 0xx1xx00.
    var automaticStatus: [UInt8] {
        var bytes: [UInt8] = [0x10, 0x00, 0x00, 0x0F]
        if !canPrint { bytes[0] |= 0x08 }
        switch self {
        case .coverOpen: bytes[0] |= 0x20
        case .cutterError: bytes[1] |= 0x08
        case .unrecoverableError: bytes[1] |= 0x20
        case .paperNearEnd: bytes[2] |= 0x03
        case .paperOut: bytes[2] |= 0x0F
        case .ready, .offline: break
        }
        return bytes
    }

    /// GS r n: 0xx0xxxx; 1 is the paper, 2 the drawer. nil for an n that is not known.
    func queuedStatus(_ n: UInt8) -> UInt8? {
        switch n {
        case 1, 49: self == .paperNearEnd ? 0x03 : 0x00
        case 2, 50: 0x00
        default: nil
        }
    }
}
