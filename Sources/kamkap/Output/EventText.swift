import Foundation
import GatewayAPI
import JSON

/// An event of the gateway's stream, on one line.
struct EventText {
    let event: EventLines.Event

    func text(at time: Date = Date()) -> String {
        let clock = time.formatted(
            .verbatim(
                "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
                locale: Locale(identifier: "en_US_POSIX"), timeZone: .current,
                calendar: Calendar(identifier: .gregorian)
            ))
        return SaleText.plain("\(clock)  \(event.name.padded(to: 12))  \(sentence)")
    }

    /// The data after the event's name, for scripts.
    var json: JSONValue { .object((["event": .string(event.name)] as JSONObject).merged(with: event.data)) }

    /// The printer or the sale of the event.
    var subject: String { event.data["name"]?.plain ?? id }

    var sentence: String {
        switch event.name {
        case "sale":
            return "\(id)  \(text("total"))  \(text("terminal_id"))"
        case "registration", "tax_invoice":
            let error =
                if case .object(let error)? = event.data["last_error"] { error["code"]?.plain } else { nil as String? }
            return "\(id)  \(text("state"))" + (error.map { "  \($0)" } ?? "")
        case "print":
            let document = event.data["document_id"]?.plain.map { " \($0)" } ?? ""
            let kind = text("kind").replacingOccurrences(of: "_", with: " ") + document
            let error = event.data["error"]?.plain
            return "\(id)  \(kind) on \(text("printer")): \(text("state"))" + (error.map { " (\($0))" } ?? "")
        case "document":
            return "\(id)  \(text("id"))" + (event.data["archived"] == .bool(true) ? "  archived" : "")
        case "slip":
            let differs = event.data["differs"].flatMap(Self.list) ?? ""
            return "\(id)  \(text("state"))\(differs.isEmpty ? "" : " in \(differs)")  \(text("id"))"
        case "bill":
            return "\(text("number"))  \(text("status"))  \(text("id"))"
        case "printer":
            return "\(text("name"))  \(text("state"))" + (event.data["detail"]?.plain.map { "  \($0)" } ?? "")
        case "alarm":
            return "\(text("code"))  \(text("state"))  \(text("text"))"
        default:
            let dropped = event.data["dropped"]?.plain ?? "0"
            return text("state") + (dropped == "0" ? "" : "  \(dropped) events were missed")
        }
    }

    private static func list(_ value: JSONValue) -> String? {
        guard case .array(let values) = value else { return nil }
        return values.compactMap(\.plain).joined(separator: ", ")
    }

    private var id: String { text("transaction_id") }

    private func text(_ member: String) -> String { event.data[member]?.plain ?? "-" }
}

extension JSONValue {
    /// A string or number as text; nil for anything else.
    fileprivate var plain: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        default: nil
        }
    }
}
