import JSON
import TOMLKit

/// A TOML value as a plain value, so that types can be checked before anything is converted.
enum TOMLNode {
    case string(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case array([TOMLNode])
    case table([String: TOMLNode])
    case time

    init(_ value: any TOMLValueConvertible) {
        switch value.type {
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .double: self = .number(value.double ?? 0)
        case .bool: self = .flag(value.bool ?? false)
        case .array: self = .array((value.array ?? []).map(TOMLNode.init))
        case .table: self = .table(Self.members(of: value.table ?? [:]))
        case .date, .time, .dateTime: self = .time
        }
    }

    static func members(of table: TOMLTable) -> [String: TOMLNode] {
        Dictionary(table.map { ($0.0, TOMLNode($0.1)) }, uniquingKeysWith: { first, _ in first })
    }

    var kind: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a floating-point number"
        case .flag: "a boolean"
        case .array: "an array"
        case .table: "a table"
        case .time: "a date or time"
        }
    }

    /// The value as JSON, for settings that go to the provider unchanged; nil if JSON has no such value.
    var json: JSONValue? {
        switch self {
        case .string(let text): return .string(text)
        case .integer(let integer): return .number(JSONNumber(integer))
        case .flag(let flag): return .bool(flag)
        case .array(let nodes):
            let values = nodes.compactMap(\.json)
            return values.count == nodes.count ? .array(values) : nil
        case .table(let members):
            var object = JSONObject()
            for (key, node) in members.sorted(by: { $0.key < $1.key }) {
                guard let value = node.json else { return nil }
                object[key] = value
            }
            return .object(object)
        case .number, .time: return nil
        }
    }
}
