import Foundation
import JSON
import Sales

/// Reads the members of an object that Slime answered. A fault names the member, never what it holds.
struct AnswerReader {
    let object: JSONObject
    /// The call, for the fault.
    let subject: SlimeSubject

    /// Required, and of the form that ids at Slime have.
    func id(_ key: String) throws(SlimeError) -> DocumentID {
        guard case .string(let text)? = object[key], let id = DocumentID(text) else { throw fault(key) }
        return id
    }

    func flag(_ key: String) throws(SlimeError) -> Bool {
        guard case .bool(let flag)? = object[key] else { throw fault(key) }
        return flag
    }

    func array(_ key: String) throws(SlimeError) -> [JSONValue] {
        guard case .array(let values)? = object[key] else { throw fault(key) }
        return values
    }

    /// Required, and not empty.
    func text(_ key: String, atMost bytes: Int) throws(SlimeError) -> String {
        guard case .string(let text)? = object[key], (1...bytes).contains(text.utf8.count) else { throw fault(key) }
        return text
    }

    /// A count: never below zero.
    func count(_ key: String) throws(SlimeError) -> Int {
        guard let count = try optionalCount(key) else { throw fault(key) }
        return count
    }

    func optionalCount(_ key: String) throws(SlimeError) -> Int? {
        guard let value = given(key) else { return nil }
        guard case .number(let number) = value, let count = Int(number.text), count >= 0 else { throw fault(key) }
        return count
    }

    func optionalTime(_ key: String) throws(SlimeError) -> Date? {
        guard let value = given(key) else { return nil }
        guard case .string(let text) = value, let date = Timestamp.parse(text) else { throw fault(key) }
        return date
    }

    func optionalTexts(_ key: String) throws(SlimeError) -> [String] {
        guard given(key) != nil else { return [] }
        var texts: [String] = []
        for value in try array(key) {
            guard case .string(let text) = value else { throw fault(key) }
            texts.append(text)
        }
        return texts
    }

    /// The objects of a list.
    func readers(_ key: String) throws(SlimeError) -> [AnswerReader] {
        var readers: [AnswerReader] = []
        for value in try array(key) {
            guard case .object(let object) = value else { throw fault(key) }
            readers.append(AnswerReader(object: object, subject: subject))
        }
        return readers
    }

    func fault(_ key: String) -> SlimeError {
        SlimeError(.unintelligible, "Slime answered \(subject.rawValue) without a usable \"\(key)\"")
    }

    private func given(_ key: String) -> JSONValue? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }
}
