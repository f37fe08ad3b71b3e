/// Reads the members of one object of a request; any other type than is asked for is a schema violation.
///
/// A member that is null is present and has the wrong type, unless a reading says otherwise.
struct Member {
    let object: JSONValue
    private let path: String

    init(_ object: JSONValue, _ path: String) {
        self.object = object
        self.path = path
    }

    func pathTo(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func fault(_ name: String, _ expected: String) -> Refusal {
        let found = object[name].map { ", found \($0.kind)" } ?? ", found nothing"
        return .schema(pathTo(name), "expected \(expected)\(found)")
    }

    func string(_ name: String, longest: Int = .max) throws(Refusal) -> String {
        guard let text = object[name]?.text else { throw fault(name, "a string") }
        guard text.unicodeScalars.count <= longest else {
            throw .schema(pathTo(name), "expected at most \(longest) characters")
        }
        return text
    }

    /// nil for null.
    func stringOrNull(_ name: String) throws(Refusal) -> String? {
        isNull(name) ? nil : try string(name)
    }

    /// A string with something to see in it. The page does not say that a required text may not be blank; a simulator
    /// must not be kinder than the real thing.
    func filled(_ name: String) throws(Refusal) -> String {
        let text = try string(name)
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .schema(pathTo(name), "expected more than blanks")
        }
        return text
    }

    func optionalString(_ name: String, longest: Int = .max) throws(Refusal) -> String? {
        object[name] == nil ? nil : try string(name, longest: longest)
    }

    func bool(_ name: String) throws(Refusal) -> Bool {
        guard case .bool(let value) = object[name] else { throw fault(name, "a boolean") }
        return value
    }

    func optionalBool(_ name: String) throws(Refusal) -> Bool? {
        object[name] == nil ? nil : try bool(name)
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int {
        guard let number = object[name]?.integer, range.contains(number) else {
            throw fault(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        try has(name) ? integer(name, in: range) : nil
    }

    func has(_ name: String) -> Bool { object[name] != nil }

    func isNull(_ name: String) -> Bool { object[name] == .null }

    func absent(_ name: String) throws(Refusal) {
        guard !has(name) else { throw .schema(pathTo(name), "this subject has no such parameter") }
    }

    /// The members of an object in this one.
    func member(_ name: String) throws(Refusal) -> Member {
        Member(try object(name), pathTo(name))
    }

    func optionalMember(_ name: String) throws(Refusal) -> Member? {
        try has(name) ? member(name) : nil
    }

    func object(_ name: String) throws(Refusal) -> JSONValue {
        guard let value = object[name], case .object = value else { throw fault(name, "an object") }
        return value
    }

    func optionalObject(_ name: String) throws(Refusal) -> JSONValue? {
        object[name] == nil ? nil : try object(name)
    }

    func array(_ name: String, sizes: ClosedRange<Int>) throws(Refusal) -> [JSONValue] {
        guard case .array(let elements) = object[name] else { throw fault(name, "an array") }
        guard sizes.contains(elements.count) else {
            throw .schema(
                pathTo(name), "expected \(sizes.lowerBound) to \(sizes.upperBound) elements, found \(elements.count)")
        }
        return elements
    }

    func optionalArray(_ name: String, sizes: ClosedRange<Int>) throws(Refusal) -> [JSONValue]? {
        object[name] == nil ? nil : try array(name, sizes: sizes)
    }
}
