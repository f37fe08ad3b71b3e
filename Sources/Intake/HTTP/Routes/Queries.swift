import Gateway
import GatewayAPI
import Hummingbird
import HummingbirdCore
import JSON
import Journey
import Outbox
import Sales

/// `wait=registered|printed` and `timeout=10s`; nil without `wait`.
struct WaitQuery {
    private static let usual: Duration = .seconds(10)

    let goal: WaitGoal
    let timeout: Duration

    init?(_ parameters: FlatDictionary<Substring, Substring>) throws {
        let timeout = try WaitTimeout(parameters, usual: Self.usual)
        guard let text = parameters["wait"] else { return nil }
        guard let goal = WaitGoal(rawValue: String(text)) else {
            let accepted = WaitGoal.allCases.map(\.rawValue).joined(separator: " or ")
            throw ProblemError(Problem.badRequest("wait: expected \(accepted), found \"\(text.prefix(40))\""))
        }
        self.goal = goal
        self.timeout = timeout.duration
    }
}

/// `{"printer":"front","kind":"copy"}`, both optional.
struct ReprintRequest {
    let printer: String?
    let kind: PrintMachine.Kind

    init(_ body: [UInt8]?) throws {
        var reader = try StaffRequest(body, known: ["printer", "kind"])
        printer = reader.string("printer")
        let kinds: [PrintMachine.Kind] = [.copy, .qrSlip]
        let text = reader.string("kind") ?? PrintMachine.Kind.copy.rawValue
        kind = kinds.first { $0.rawValue == text } ?? .copy
        if !kinds.contains(where: { $0.rawValue == text }) {
            reader.add("kind", "expected \"copy\" or \"qr_slip\", found \"\(text.prefix(40))\"")
        }
        try reader.finish()
    }
}

/// The small objects of staff's requests.
struct StaffRequest {
    private let object: JSONObject
    private var faults: [SaleFault] = []

    init(_ body: [UInt8]?, known: [String]) throws {
        guard let body else {
            object = [:]
            return
        }
        let value: JSONValue
        do { value = try JSONParser.parse(body) } catch { throw OperationError.notJSON(error) }
        guard case .object(let object) = value else {
            throw OperationError.invalidRequest([
                SaleFault(pointer: "", detail: "expected an object, found \(value.kind)")
            ]
            )
        }
        self.object = object
        for (key, _) in object.members where !known.contains(key) {
            add(key, "unknown member; known here: \(known.joined(separator: ", "))")
        }
    }

    mutating func add(_ key: String, _ detail: String) {
        faults.append(SaleFault(pointer: (JSONPointer.root / key).text, detail: detail))
    }

    mutating func string(_ key: String) -> String? {
        switch object[key] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?:
            add(key, "expected a string, found \(other.kind)")
            return nil
        }
    }

    /// Required, unlike the others.
    mutating func texts(_ key: String, size: ClosedRange<Int>, length: ClosedRange<Int>) -> [String] {
        guard case .array(let values)? = object[key] else {
            add(key, "expected an array of strings, found \(object[key]?.kind ?? "nothing")")
            return []
        }
        if !size.contains(values.count) {
            add(key, "expected \(size.lowerBound) to \(size.upperBound) strings, found \(values.count)")
        }
        var texts: [String] = []
        for (index, value) in values.enumerated() {
            let pointer = JSONPointer.root / key / index
            guard case .string(let text) = value else {
                faults.append(SaleFault(pointer: pointer.text, detail: "expected a string, found \(value.kind)"))
                continue
            }
            let count = text.unicodeScalars.count
            if !length.contains(count) {
                let detail = "expected \(length.lowerBound) to \(length.upperBound) characters, found \(count)"
                faults.append(SaleFault(pointer: pointer.text, detail: detail))
            }
            texts.append(text)
        }
        return texts
    }

    mutating func object(_ key: String) -> JSONObject? {
        switch object[key] {
        case nil, .null?: return nil
        case .object(let object)?: return object
        case let other?:
            add(key, "expected an object, found \(other.kind)")
            return nil
        }
    }

    /// True or false, or a text in place of true.
    mutating func flagOrText(_ key: String) -> (isSet: Bool, text: String?) {
        switch object[key] {
        case nil, .null?: return (false, nil)
        case .bool(let flag)?: return (flag, nil)
        case .string(let text)?: return (true, text)
        case let other?:
            add(key, "expected true, false or a string, found \(other.kind)")
            return (false, nil)
        }
    }

    mutating func flag(_ key: String) -> Bool? {
        switch object[key] {
        case nil, .null?: return nil
        case .bool(let flag)?: return flag
        case let other?:
            add(key, "expected true or false, found \(other.kind)")
            return nil
        }
    }

    func finish() throws {
        guard faults.isEmpty else { throw OperationError.invalidRequest(faults) }
    }
}
