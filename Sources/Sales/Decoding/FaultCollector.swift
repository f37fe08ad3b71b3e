/// Collects the faults of one decoding.
final class FaultCollector {
    /// More are not listed: an answer of a thousand faults helps nobody, and it must stay bounded.
    static let maximum = 500

    private var found: [SaleFault] = []
    private var count = 0

    func add(_ pointer: JSONPointer, _ detail: String) {
        count += 1
        if found.count < Self.maximum { found.append(SaleFault(pointer: pointer.text, detail: detail)) }
    }

    var isEmpty: Bool { count == 0 }

    var faults: [SaleFault] {
        guard count > found.count else { return found }
        return found + [SaleFault(pointer: "", detail: "and \(count - found.count) more faults")]
    }
}

/// A place in a JSON document (RFC 6901). Its text is made when there is a fault to be told.
indirect enum JSONPointer {
    case root
    case member(of: JSONPointer, key: String)
    case element(of: JSONPointer, index: Int)

    static func / (parent: JSONPointer, key: String) -> JSONPointer { .member(of: parent, key: key) }
    static func / (parent: JSONPointer, index: Int) -> JSONPointer { .element(of: parent, index: index) }

    var text: String {
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
