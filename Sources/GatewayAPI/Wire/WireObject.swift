import Foundation
import JSON

/// An answer that is not what the API describes.
public struct WireFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let detail: String

    public var description: String { "the gateway's answer is not as expected: \(detail)" }
}

/// Reads the members of one object of an answer.
struct WireReader {
    private let object: JSONObject

    init(_ value: JSONValue) throws(WireFault) {
        guard case .object(let object) = value else {
            throw WireFault(detail: "expected an object, found \(value.kind)")
        }
        self.object = object
    }

    func has(_ key: String) -> Bool { object[key] != nil }

    func value(_ key: String) throws(WireFault) -> JSONValue {
        guard let value = object[key] else { throw WireFault(detail: "\(key) is missing") }
        return value
    }

    func string(_ key: String) throws(WireFault) -> String {
        guard case .string(let text) = try value(key) else { throw WireFault(detail: "\(key) is no string") }
        return text
    }

    func optionalString(_ key: String) throws(WireFault) -> String? {
        try value(key).isNull ? nil : string(key)
    }

    func integer(_ key: String) throws(WireFault) -> Int {
        guard case .number(let number) = try value(key), let integer = Int(number.text) else {
            throw WireFault(detail: "\(key) is no integer")
        }
        return integer
    }

    func optionalInteger(_ key: String) throws(WireFault) -> Int? {
        try value(key).isNull ? nil : integer(key)
    }

    func flag(_ key: String) throws(WireFault) -> Bool {
        guard case .bool(let flag) = try value(key) else { throw WireFault(detail: "\(key) is no boolean") }
        return flag
    }

    func optionalFlag(_ key: String) throws(WireFault) -> Bool? {
        try value(key).isNull ? nil : flag(key)
    }

    func array(_ key: String) throws(WireFault) -> [JSONValue] {
        guard case .array(let values) = try value(key) else { throw WireFault(detail: "\(key) is no array") }
        return values
    }

    func time(_ key: String) throws(WireFault) -> Date {
        guard let date = WireTime.date(try string(key)) else { throw WireFault(detail: "\(key) is no time") }
        return date
    }

    func optionalTime(_ key: String) throws(WireFault) -> Date? {
        try value(key).isNull ? nil : time(key)
    }
}

/// RFC 3339 in UTC with milliseconds.
enum WireTime {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Rounded to the millisecond: Foundation cuts off, and turns 0.002 s, which no double holds exactly, into .001.
    static func text(_ date: Date) -> String { date.addingTimeInterval(0.000_5).formatted(style) }
    static func date(_ text: String) -> Date? { try? style.parse(text) }
}

extension JSONValue {
    static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    static func flag(_ flag: Bool?) -> JSONValue { flag.map { .bool($0) } ?? .null }
    static func integer(_ number: Int?) -> JSONValue { number.map { .number(JSONNumber($0)) } ?? .null }
    static func time(_ date: Date?) -> JSONValue { date.map { .string(WireTime.text($0)) } ?? .null }
}
