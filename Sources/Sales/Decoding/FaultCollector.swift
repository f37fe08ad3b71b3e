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

/// A place in a JSON document (RFC 6901).
struct JSONPointer {
    let text: String

    static let root = JSONPointer(text: "")

    static func / (parent: JSONPointer, key: String) -> JSONPointer {
        let needsEscape = key.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
        guard needsEscape else { return JSONPointer(text: "\(parent.text)/\(key)") }
        var escaped = ""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return JSONPointer(text: "\(parent.text)/\(escaped)")
    }

    static func / (parent: JSONPointer, index: Int) -> JSONPointer {
        JSONPointer(text: "\(parent.text)/\(index)")
    }
}
