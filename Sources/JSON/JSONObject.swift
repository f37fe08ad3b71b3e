/// The members of a JSON object in the order they were written. Keys are unique, compared code point by code point.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    public typealias Member = (key: String, value: JSONValue)

    public private(set) var members: [Member] = []

    public init() {}

    /// Members whose keys the caller knows to be unique.
    package init(uniqueMembers members: [Member]) {
        self.members = members
    }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (key, value) in elements { self[key] = value }
    }

    /// The value of a member. Setting a new key appends it, setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { index(of: key).map { members[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// This object with the members of `other` merged in: objects member by member, everything else whole.
    public func merged(with other: JSONObject) -> JSONObject {
        if other.members.isEmpty { return self }
        var result = self
        // A till decides how many members there are: looking each up in turn could take hours.
        var places: [[UInt8]: Int] = [:]
        for (place, member) in members.enumerated() { places[Array(member.key.utf8)] = place }
        for (key, value) in other.members {
            guard let place = places[Array(key.utf8)] else {
                places[Array(key.utf8)] = result.members.count
                result.members.append((key, value))
                continue
            }
            if case .object(let below) = result.members[place].value, case .object(let above) = value {
                result.members[place].value = .object(below.merged(with: above))
            } else {
                result.members[place].value = value
            }
        }
        return result
    }

    /// Without the members whose value is null, at every level of nested objects.
    public func droppingNulls() -> JSONObject {
        JSONObject(
            uniqueMembers: members.compactMap { member in
                switch member.value {
                case .null: nil
                case .object(let object): (member.key, .object(object.droppingNulls()))
                default: member
                }
            })
    }

    /// Equal if the same keys have equal values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    private func index(of key: String) -> Int? {
        members.firstIndex { $0.key.hasSameBytes(as: key) }
    }
}

extension String {
    /// `==` alone also treats texts as equal that Unicode calls equivalent; but it finds a difference fast.
    public func hasSameBytes(as other: String) -> Bool {
        guard self == other, utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(own) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
