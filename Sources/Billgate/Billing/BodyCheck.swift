import Foundation
import JSON
import Sales

/// Holds a value against a schema, and collects every fault with its place. No fault quotes a text: it may be a person's.
struct BodyCheck {
    /// Whoever reads a JSON number as a binary fraction keeps so many digits.
    private static let digits = 15

    private(set) var faults: [SaleFault] = []

    static func faults(of body: JSONObject, by rule: BodyRule) -> [SaleFault] {
        var check = BodyCheck()
        check.check(.object(body), rule, at: .root)
        return check.faults
    }

    private mutating func check(_ value: JSONValue, _ rule: BodyRule, at place: JSONPointer) {
        switch rule {
        case .text(let lengths): check(text: value, lengths, at: place)
        case .day:
            if !isText(value, { BangkokDay($0) != nil }) { expect(BangkokDay.rule, value, at: place) }
        case .time:
            if !isText(value, PageFormat.isTimeOrDay) { expect(PageFormat.timeRule, value, at: place) }
        case .uuid:
            if !isText(value, PageFormat.isUUID) { expect(PageFormat.uuidRule, value, at: place) }
        case .word(let words):
            if !isText(value, words.contains) { expect("one of \(words.joined(separator: ", "))", value, at: place) }
        case .number(let range): check(number: value, range, at: place)
        case .integer(let range):
            guard case .number(let number) = value, let integer = Int(number.text), range.contains(integer) else {
                return expect("a whole number \(Self.bounds(range))", value, at: place)
            }
        case .flag:
            guard case .bool = value else { return expect("true or false", value, at: place) }
        case .anyObject:
            guard case .object = value else { return expect("an object", value, at: place) }
        case .object(let members): check(object: value, members, at: place)
        case .list(let rule, let least, let isUnique): check(list: value, rule, least, isUnique, at: place)
        }
    }

    private mutating func check(text value: JSONValue, _ lengths: ClosedRange<Int>, at place: JSONPointer) {
        guard case .string(let text) = value else { return expect("a string", value, at: place) }
        let length = text.unicodeScalars.count
        if !lengths.contains(length) { add("expected \(Self.lengths(lengths)), found \(length)", at: place) }
    }

    private mutating func check(number value: JSONValue, _ range: ClosedRange<Int>?, at place: JSONPointer) {
        guard case .number(let number) = value else { return expect("a number", value, at: place) }
        guard let decimal = PageFormat.decimal(number, digits: Self.digits) else {
            return add("expected a number of at most \(Self.digits) digits: Billgate keeps no more", at: place)
        }
        if let range, decimal < Decimal(range.lowerBound) || decimal > Decimal(range.upperBound) {
            add("expected \(range.lowerBound) to \(range.upperBound), found \(number.text)", at: place)
        }
    }

    private mutating func check(object value: JSONValue, _ members: [BodyMember], at place: JSONPointer) {
        guard case .object(let object) = value else { return expect("an object", value, at: place) }
        for (key, _) in object.members where !members.contains(where: { $0.name.hasSameBytes(as: key) }) {
            add("not known to Billgate here; known are \(members.map(\.name).joined(separator: ", "))", at: place / key)
        }
        for member in members {
            switch object[member.name] {
            case nil:
                guard member.isRequired else { continue }
                add(member.isNullable ? "required, even if it is null" : "required", at: place / member.name)
            case .null?:
                if !member.isNullable { add("expected a value, found null", at: place / member.name) }
            case let value?: check(value, member.rule, at: place / member.name)
            }
        }
    }

    private mutating func check(
        list value: JSONValue, _ rule: BodyRule, _ least: Int, _ isUnique: Bool, at place: JSONPointer
    ) {
        guard case .array(let elements) = value else { return expect("an array", value, at: place) }
        if elements.count < least { add("expected at least \(least), found \(elements.count)", at: place) }
        var seen: Set<[UInt8]> = []
        for (index, element) in elements.enumerated() {
            check(element, rule, at: place / index)
            if isUnique, !seen.insert(element.canonicalBytes).inserted {
                add("the same stands before it, and Billgate takes none twice", at: place / index)
            }
        }
    }

    // MARK: Faults

    private func isText(_ value: JSONValue, _ isGood: (String) -> Bool) -> Bool {
        if case .string(let text) = value { isGood(text) } else { false }
    }

    private mutating func expect(_ what: String, _ found: JSONValue, at place: JSONPointer) {
        if case .string = found {
            add("expected \(what)", at: place)
        } else {
            add("expected \(what), found \(found.kind)", at: place)
        }
    }

    private mutating func add(_ detail: String, at place: JSONPointer) {
        faults.append(SaleFault(pointer: place.text, detail: detail))
    }

    private static func bounds(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    }

    private static func lengths(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "exactly \(range.lowerBound) characters" }
        if range.upperBound == .max { return "at least \(range.lowerBound) characters" }
        return range.lowerBound == 0
            ? "at most \(range.upperBound) characters" : "\(range.lowerBound) to \(range.upperBound) characters"
    }
}
