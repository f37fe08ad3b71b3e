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
    private static let longest: Duration = .seconds(60)

    let goal: WaitGoal
    let timeout: Duration

    init?(_ parameters: FlatDictionary<Substring, Substring>) throws {
        var timeout = Self.usual
        if let text = parameters["timeout"] {
            guard let given = DurationText.parse(String(text)), given <= Self.longest else {
                throw ProblemError(
                    .badRequest(
                        "timeout: expected a duration of at most 60s, such as \"10s\", found \"\(text.prefix(40))\""))
            }
            timeout = given
        }
        guard let text = parameters["wait"] else { return nil }
        guard let goal = WaitGoal(rawValue: String(text)) else {
            let accepted = WaitGoal.allCases.map(\.rawValue).joined(separator: " or ")
            throw ProblemError(Problem.badRequest("wait: expected \(accepted), found \"\(text.prefix(40))\""))
        }
        self.goal = goal
        self.timeout = timeout
    }
}

/// `registration=…&limit=…&after=…`
struct ListQuery {
    let registration: RegistrationState?
    let limit: Int
    let after: Int64?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        registration = try parameters["registration"].map { text in
            guard let state = RegistrationState(rawValue: String(text)) else {
                let accepted = RegistrationState.allCases.map(\.rawValue).joined(separator: ", ")
                throw ProblemError(
                    .badRequest("registration: expected one of \(accepted), found \"\(text.prefix(40))\""))
            }
            return state
        }
        limit = try ListLimit(parameters).count
        after = try parameters["after"].map { text in
            guard text.allSatisfy(\.isNumber), text.first != "0", let cursor = Int64(text), cursor > 0 else {
                throw ProblemError(Problem.badRequest("after: expected the \"next\" of an earlier answer"))
            }
            return cursor
        }
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

/// `{"adopt":false}`, optional.
struct RetryRequest {
    let adopting: Bool

    init(_ body: [UInt8]?) throws {
        var reader = try StaffRequest(body, known: ["adopt"])
        adopting = reader.flag("adopt") ?? false
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
