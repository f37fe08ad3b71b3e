/// What a schema of the page asks of a value.
indirect enum BodyRule: Sendable {
    /// Its length counts Unicode scalars.
    case text(ClosedRange<Int> = 1...Int.max)
    /// `2021-01-19`.
    case day
    /// `2021-01-19 13:00:00`, or a day.
    case time
    case uuid
    case word([String])
    case number(ClosedRange<Int>? = nil)
    case integer(ClosedRange<Int>)
    case flag
    case anyObject
    case object([BodyMember])
    case list(of: BodyRule, atLeast: Int = 0, isUnique: Bool = false)
}

/// A member of an object by its schema.
struct BodyMember: Sendable {
    let name: String
    let rule: BodyRule
    let isRequired: Bool
    let isNullable: Bool

    static func required(_ name: String, _ rule: BodyRule, orNull: Bool = false) -> BodyMember {
        BodyMember(name: name, rule: rule, isRequired: true, isNullable: orNull)
    }

    static func optional(_ name: String, _ rule: BodyRule, orNull: Bool = false) -> BodyMember {
        BodyMember(name: name, rule: rule, isRequired: false, isNullable: orNull)
    }
}
