/// Collects the faults of a configuration, each with its line if that can be found.
final class SettingsFaults {
    /// Further faults are not listed, because each is searched for in the whole text.
    private static let maximum = 100

    private(set) var faults: [SettingsFault] = []
    private let finder: LineFinder

    init(_ text: String) {
        finder = LineFinder(text)
    }

    /// - Parameter cause: the key that makes it a fault, whose line is told if `key` has none.
    func add(_ key: String, _ detail: String, because cause: String? = nil) {
        if faults.count < Self.maximum {
            let line = finder.line(of: key) ?? cause.flatMap(finder.line)
            faults.append(SettingsFault(key: key, line: line, detail: detail))
        } else if faults.count == Self.maximum {
            faults.append(SettingsFault(key: "", detail: "and more faults"))
        }
    }
}

/// Reads the keys of one table, notes the faults of each, and remembers which ones it knows.
struct SettingsReader {
    let path: String
    let faults: SettingsFaults
    /// Whether the file has this table at all.
    let isPresent: Bool
    private let members: [String: TOMLNode]
    private var known: [String] = []

    init(_ members: [String: TOMLNode]?, path: String, faults: SettingsFaults) {
        self.members = members ?? [:]
        isPresent = members != nil
        self.path = path
        self.faults = faults
    }

    func key(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    mutating func node(_ name: String, required: Bool = false) -> TOMLNode? {
        known.append(name)
        if let node = members[name] { return node }
        if required { faults.add(key(name), "required, but missing") }
        return nil
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    mutating func string(_ name: String, required: Bool = false) -> String? {
        guard let node = node(name, required: required) else { return nil }
        guard case .string(let text) = node else { return refuse(name, "a string", node) }
        guard !text.isEmpty else {
            faults.add(key(name), "expected text, found an empty string")
            return nil
        }
        return text
    }

    mutating func strings(_ name: String) -> [String]? {
        guard let node = node(name) else { return nil }
        guard case .array(let nodes) = node else { return refuse(name, "an array of strings", node) }
        let texts = nodes.compactMap { if case .string(let text) = $0 { text } else { nil } }
        guard texts.count == nodes.count else {
            faults.add(key(name), "expected an array of strings, found one that holds something else")
            return nil
        }
        return texts
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let node = node(name) else { return nil }
        guard case .flag(let flag) = node else { return refuse(name, "true or false", node) }
        return flag
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(name) else { return nil }
        let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
        guard case .integer(let value) = node else { return refuse(name, expected, node) }
        guard range.contains(value) else {
            faults.add(key(name), "expected \(expected), found \(value)")
            return nil
        }
        return value
    }

    /// A string that a rule turns into a value; `rule` says what is accepted. A text in which `isSecret` finds a secret
    /// is not repeated.
    mutating func parsed<Value>(
        _ name: String, required: Bool = false, rule: String, hiding isSecret: (String) -> Bool = { _ in false },
        _ parse: (String) -> Value?
    ) -> Value? {
        guard let node = node(name, required: required) else { return nil }
        guard case .string(let text) = node else { return refuse(name, rule, node) }
        if let value = parse(text) { return value }
        let found = isSecret(text) ? "a login in it, which belongs into a file" : "\"\(text.prefix(80))\""
        faults.add(key(name), "expected \(rule), found \(found)")
        return nil
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, _: Choice.Type) -> Choice? {
        let accepted = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return parsed(name, rule: "one of \(accepted)", Choice.init)
    }

    mutating func table(_ name: String, required: Bool = false) -> SettingsReader {
        let node = node(name, required: required)
        if case .table(let members)? = node { return SettingsReader(members, path: key(name), faults: faults) }
        if let node { _ = refuse(name, "a table", node) as Never? }
        return SettingsReader(nil, path: key(name), faults: faults)
    }

    mutating func tables(_ name: String) -> [SettingsReader] {
        guard let node = node(name) else { return [] }
        guard case .array(let nodes) = node else {
            _ = refuse(name, "an array of tables, [[\(name)]]", node) as Never?
            return []
        }
        return nodes.enumerated().compactMap { index, node in
            let path = "\(key(name))[\(index)]"
            if case .table(let members) = node { return SettingsReader(members, path: path, faults: faults) }
            faults.add(path, "expected a table, found \(node.kind)")
            return nil
        }
    }

    /// Notes every unknown key.
    func refuseUnknownKeys() {
        for name in members.keys.sorted() where !known.contains(name) {
            faults.add(key(name), "unknown key; accepted here: \(known.sorted().joined(separator: ", "))")
        }
    }

    private func refuse<Value>(_ name: String, _ expected: String, _ found: TOMLNode) -> Value? {
        faults.add(key(name), "expected \(expected), found \(found.kind)")
        return nil
    }
}
