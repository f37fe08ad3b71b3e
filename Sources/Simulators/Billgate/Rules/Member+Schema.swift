import Foundation

/// What the schemas of Billgate's page ask of a member, beyond its type.
extension Member {
    /// A member that must be there, even if it is null.
    func present(_ name: String) throws(Refusal) {
        guard has(name) else { throw fault(name, "the member, even if it is null") }
    }

    /// A string with a length that the schema limits.
    func text(_ name: String, _ lengths: ClosedRange<Int> = 1...Int.max) throws(Refusal) -> String {
        let text = try string(name)
        guard lengths.contains(text.unicodeScalars.count) else {
            let bounds =
                lengths.lowerBound == lengths.upperBound
                ? "exactly \(lengths.lowerBound)"
                : lengths.upperBound == .max
                    ? "at least \(lengths.lowerBound)" : "\(lengths.lowerBound) to \(lengths.upperBound)"
            throw .schema(pathTo(name), "expected \(bounds) characters")
        }
        return text
    }

    /// A string that may be null or missing.
    func textOrNull(_ name: String, _ lengths: ClosedRange<Int> = 0...Int.max) throws(Refusal) -> String? {
        has(name) && !isNull(name) ? try text(name, lengths) : nil
    }

    /// A string that may be missing, but not null.
    func optionalText(_ name: String, _ lengths: ClosedRange<Int> = 0...Int.max) throws(Refusal) -> String? {
        has(name) ? try text(name, lengths) : nil
    }

    func strings(_ name: String) throws(Refusal) -> [String] {
        var texts: [String] = []
        for (index, element) in try array(name, sizes: 0...Int.max).enumerated() {
            guard let text = element.text else {
                throw .schema("\(pathTo(name))[\(index)]", "expected a string, found \(element.kind)")
            }
            texts.append(text)
        }
        return texts
    }

    func number(_ name: String, _ figures: Figures) throws(Refusal) -> Decimal {
        guard case .number(let spelling) = object[name] else { throw fault(name, "a number") }
        guard let number = figures.read(spelling) else { throw .schema(pathTo(name), "expected a smaller number") }
        return number
    }

    /// A number that may be null or missing.
    func numberOrNull(_ name: String, _ figures: Figures) throws(Refusal) -> Decimal? {
        has(name) && !isNull(name) ? try number(name, figures) : nil
    }

    /// An object that may be null or missing.
    func memberOrNull(_ name: String) throws(Refusal) -> Member? {
        has(name) && !isNull(name) ? try member(name) : nil
    }

    /// A day, `2021-01-19`. The schema asks for a string that is not empty, and shows this form.
    func day(_ name: String) throws(Refusal) -> String {
        let text = try text(name)
        guard CivilDay(text) != nil else { throw .schema(pathTo(name), "expected a date such as 2021-01-19") }
        return text
    }

    /// The elements of an array of objects in which no two may be equal.
    func uniqueObjects(_ name: String, sizes: ClosedRange<Int>) throws(Refusal) -> [Member] {
        let elements = try array(name, sizes: sizes)
        var seen: Set<[UInt8]> = []
        var members: [Member] = []
        for (index, element) in elements.enumerated() {
            let path = "\(pathTo(name))[\(index)]"
            guard case .object = element else { throw .schema(path, "expected an object, found \(element.kind)") }
            guard seen.insert(element.comparable.bytes).inserted else {
                throw .schema(path, "expected no element twice")
            }
            members.append(Member(element, path))
        }
        return members
    }
}

extension JSONValue {
    /// With numbers in one spelling: `1.0` and `1` are equal to a schema (JSON Schema Validation, section 6.4.3).
    fileprivate var comparable: JSONValue {
        switch self {
        case .number(let spelling): .number(Decimal(string: spelling).map { "\($0)" } ?? spelling)
        case .array(let elements): .array(elements.map(\.comparable))
        case .object(let members): .object(members.mapValues(\.comparable))
        case .null, .bool, .string: self
        }
    }
}
