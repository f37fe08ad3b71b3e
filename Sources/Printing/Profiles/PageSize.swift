/// How large a page is, in hundredths of a millimetre, as print servers count (PWG 5100.7, `media-size`).
public struct PageSize: Sendable, Hashable {
    public var width: Int
    public var length: Int

    public init(width: Int, length: Int) {
        self.width = width
        self.length = length
    }

    /// Its name as a size that nobody has listed (PWG 5101.1, section 5): `custom_80x123.5mm_80x123.5mm`.
    var customName: String {
        let size = "\(Self.millimetres(width))x\(Self.millimetres(length))mm"
        return "custom_\(size)_\(size)"
    }

    private static func millimetres(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        switch rest {
        case 0: return "\(whole)"
        case let rest where rest.isMultiple(of: 10): return "\(whole).\(rest / 10)"
        case ..<10: return "\(whole).0\(rest)"
        default: return "\(whole).\(rest)"
        }
    }
}
