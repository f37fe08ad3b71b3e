/// Reads the members of one object of `data`; whatever has another type than the API page gives it is a schema violation.
///
/// A member that is null is there and has the wrong type: nothing on the page allows null.
struct Member {
    private let object: JSONValue
    private let path: String

    init(_ object: JSONValue, _ path: String) {
        self.object = object
        self.path = path
    }

    func pathTo(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func fault(_ name: String, _ expected: String) -> Refusal {
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

    func optionalString(_ name: String, longest: Int = .max) throws(Refusal) -> String? {
        object[name] == nil ? nil : try string(name, longest: longest)
    }

    func decimal(_ name: String) throws(Refusal) -> String {
        guard let text = object[name]?.text else { throw fault(name, "a decimal as a string") }
        guard Grammar.isDecimal(text) else {
            throw .schema(pathTo(name), "expected a decimal such as \"12.50\"")
        }
        return text
    }

    func bool(_ name: String) throws(Refusal) -> Bool {
        guard case .bool(let value) = object[name] else { throw fault(name, "a boolean") }
        return value
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
