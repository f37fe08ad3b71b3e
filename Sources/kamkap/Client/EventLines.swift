import JSON

/// Cuts a stream of server-sent events into events (WHATWG HTML, section 9.2.6), as far as the gateway makes use of the form.
struct EventLines {
    struct Event: Sendable {
        let name: String
        let data: JSONObject
    }

    private var waiting: [UInt8] = []

    /// What is whole after these bytes.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [Event] {
        waiting += bytes
        var events: [Event] = []
        let newline = UInt8(ascii: "\n")
        while let end = waiting.indices.dropLast().first(where: { waiting[$0] == newline && waiting[$0 + 1] == newline }
        ) {
            let block = String(decoding: waiting[..<end], as: UTF8.self).split(separator: "\n")
            waiting.removeFirst(end + 2)
            if let event = Self.event(block) { events.append(event) }
        }
        return events
    }

    /// Nil for a comment, and for what cannot be read.
    private static func event(_ lines: [Substring]) -> Event? {
        func field(_ name: String) -> Substring? {
            lines.first { $0.hasPrefix(name + ": ") }?.dropFirst(name.count + 2)
        }
        guard let name = field("event"), let data = field("data"),
            case .object(let object)? = try? JSONParser.parse(Array(data.utf8))
        else { return nil }
        return Event(name: String(name), data: object)
    }
}
