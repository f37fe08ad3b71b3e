import Foundation
import JSON

/// The value of a field: how it is written, and how it is read back.
protocol WireValue: Sendable {
    var wireJSON: JSONValue { get }

    /// - Parameter place: its place, for the fault.
    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Self
}

extension String: WireValue {
    var wireJSON: JSONValue { .string(self) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> String {
        guard case .string(let text) = json else { throw WireFault(detail: "\(place) is no string") }
        return text
    }
}

extension Int: WireValue {
    var wireJSON: JSONValue { .number(JSONNumber(self)) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Int {
        guard case .number(let number) = json, let integer = Int(number.text) else {
            throw WireFault(detail: "\(place) is no integer")
        }
        return integer
    }
}

extension Bool: WireValue {
    var wireJSON: JSONValue { .bool(self) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Bool {
        guard case .bool(let flag) = json else { throw WireFault(detail: "\(place) is no boolean") }
        return flag
    }
}

extension Date: WireValue {
    var wireJSON: JSONValue { .string(WireTime.text(self)) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Date {
        guard case .string(let text) = json, let date = WireTime.date(text) else {
            throw WireFault(detail: "\(place) is no time")
        }
        return date
    }
}

extension Array: WireValue where Element: WireValue {
    var wireJSON: JSONValue { .array(map { $0.wireJSON }) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> [Element] {
        guard case .array(let values) = json else { throw WireFault(detail: "\(place) is no array") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() { elements.append(try Element.read(value, at: "\(place)[\(index)]")) }
        return elements
    }
}

/// Null where it is empty.
extension Optional: WireValue where Wrapped: WireValue {
    var wireJSON: JSONValue { self?.wireJSON ?? .null }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Wrapped? {
        json.isNull ? nil : try Wrapped.read(json, at: place)
    }
}
