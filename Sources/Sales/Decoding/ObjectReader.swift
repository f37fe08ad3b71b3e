import JSON

/// Reads the members of one object, notes the faults of each, and remembers which ones it knows.
///
/// `null` counts as absent. A wrong member reads as nil after its fault is noted.
struct ObjectReader {
    let object: JSONObject
    let pointer: JSONPointer
    let faults: FaultCollector
    /// Whether its values are personal: then no fault quotes them.
    private let isPersonal: Bool
    private var known: [String] = []

    init(_ object: JSONObject, at pointer: JSONPointer, faults: FaultCollector, isPersonal: Bool = false) {
        self.object = object
        self.pointer = pointer
        self.faults = faults
        self.isPersonal = isPersonal
    }

    /// Reads `value` as an object, or notes what it is instead.
    init?(_ value: JSONValue, at pointer: JSONPointer, faults: FaultCollector, isPersonal: Bool = false) {
        guard case .object(let object) = value else {
            faults.add(pointer, "expected an object, found \(value.kind)")
            return nil
        }
        self.init(object, at: pointer, faults: faults, isPersonal: isPersonal)
    }

    /// Whether the object has this member with any value but null.
    func isGiven(_ key: String) -> Bool {
        object[key].map { !$0.isNull } ?? false
    }

    mutating func value(_ key: String, required: Bool = false) -> JSONValue? {
        known.append(key)
        if let value = object[key], !value.isNull { return value }
        if required { faults.add(pointer / key, "required, but missing") }
        return nil
    }

    mutating func reader(_ key: String, required: Bool = false) -> ObjectReader? {
        value(key, required: required).flatMap {
            ObjectReader($0, at: pointer / key, faults: faults, isPersonal: isPersonal)
        }
    }

    mutating func object(_ key: String) -> JSONObject? {
        reader(key)?.object
    }

    mutating func string(_ key: String, required: Bool = false, length: ClosedRange<Int> = 0...256) -> String? {
        guard let value = value(key, required: required) else { return nil }
        return string(value, at: pointer / key, length: length)
    }

    /// A string with something visible: spaces and format characters alone are a fault.
    mutating func visibleString(_ key: String, required: Bool = false, length: ClosedRange<Int>) -> String? {
        guard let text = string(key, required: required, length: length) else { return nil }
        guard text.isBlank else { return text }
        faults.add(pointer / key, "expected something that can be seen, found only spaces and format characters")
        return nil
    }

    /// One line of a document: something visible, and nothing that a document cannot carry.
    mutating func documentLine(_ key: String, required: Bool = false, length: ClosedRange<Int> = 1...256) -> String? {
        guard let text = visibleString(key, required: required, length: length) else { return nil }
        let misfit = text.unicodeScalars.first { scalar in
            let use = ScalarUse(scalar)
            return use == .command || use == .lineBreak
        }
        guard let misfit else { return text }
        faults.add(pointer / key, "expected one line without control characters, found \(misfit.codePoint)")
        return nil
    }

    mutating func flag(_ key: String, required: Bool = false) -> Bool? {
        guard let value = value(key, required: required) else { return nil }
        if case .bool(let flag) = value { return flag }
        faults.add(pointer / key, "expected true or false, found \(value.kind)")
        return nil
    }

    mutating func decimal(_ key: String, required: Bool = false) -> DecimalNumber? {
        guard let value = value(key, required: required) else { return nil }
        switch value {
        case .string(let text):
            if let number = DecimalNumber(text) { return number }
            faults.add(pointer / key, "expected \(DecimalNumber.rule), found \"\(text.prefix(40))\"")
        case .number(let number):
            let advice = "a JSON number is lossy: send it in quotes"
            faults.add(
                pointer / key, "expected a decimal string, found the number \(number.text.prefix(40)); \(advice)")
        default:
            faults.add(pointer / key, "expected \(DecimalNumber.rule), found \(value.kind)")
        }
        return nil
    }

    mutating func array(_ key: String, required: Bool = false, size: ClosedRange<Int>) -> [JSONValue]? {
        guard let value = value(key, required: required) else { return nil }
        guard case .array(let values) = value else {
            faults.add(pointer / key, "expected an array, found \(value.kind)")
            return nil
        }
        guard size.contains(values.count) else {
            let accepted = "\(size.lowerBound) to \(size.upperBound)"
            faults.add(pointer / key, "expected \(accepted) elements, found \(values.count)")
            return nil
        }
        return values
    }

    mutating func strings(_ key: String, size: ClosedRange<Int>, length: ClosedRange<Int>) -> [String] {
        let values = array(key, size: size) ?? []
        return values.enumerated().compactMap { string($1, at: pointer / key / $0, length: length) }
    }

    /// A string that a rule turns into a value; `rule` says what is accepted.
    mutating func parsed<Value>(
        _ key: String, required: Bool = false, rule: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = string(key, required: required, length: 0...Int.max) else { return nil }
        if let value = parse(text) { return value }
        let found = isPersonal ? "" : ", found \"\(text.prefix(40))\""
        faults.add(pointer / key, "expected \(rule)\(found)")
        return nil
    }

    /// Notes every member that nobody asked for.
    func refuseUnknownMembers() {
        for (key, _) in object.members where !known.contains(where: { $0.hasSameBytes(as: key) }) {
            faults.add(pointer / key, "unknown member; known here: \(known.sorted().joined(separator: ", "))")
        }
    }

    /// - Parameter pointer: only made for a fault.
    private func string(
        _ value: JSONValue, at pointer: @autoclosure () -> JSONPointer, length: ClosedRange<Int>
    ) -> String? {
        guard case .string(let text) = value else {
            faults.add(pointer(), "expected a string, found \(value.kind)")
            return nil
        }
        let count = text.unicodeScalars.count
        guard count <= length.upperBound else {
            faults.add(pointer(), "expected at most \(length.upperBound) characters, found \(count)")
            return nil
        }
        guard count >= length.lowerBound else {
            faults.add(pointer(), "expected at least \(length.lowerBound) character, found none")
            return nil
        }
        return text
    }
}
