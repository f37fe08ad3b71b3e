/// A place in a JSON document (RFC 6901). Its text is made when there is a fault to be told.
public indirect enum JSONPointer {
    case root
    case member(of: JSONPointer, key: String)
    case element(of: JSONPointer, index: Int)

    public static func / (parent: JSONPointer, key: String) -> JSONPointer { .member(of: parent, key: key) }
    public static func / (parent: JSONPointer, index: Int) -> JSONPointer { .element(of: parent, index: index) }

    public var text: String {
        switch self {
        case .root: ""
        case .member(let parent, let key): "\(parent.text)/\(Self.escaped(key))"
        case .element(let parent, let index): "\(parent.text)/\(index)"
        }
    }

    private static func escaped(_ key: String) -> String {
        let needsEscape = key.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
        guard needsEscape else { return key }
        var escaped = ""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
