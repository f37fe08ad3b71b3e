import Testing

@testable import JSON

@Suite struct JSONObjectTests {
    @Test("a set member keeps its place, a new one goes to the end, nil removes")
    func members() {
        var object: JSONObject = ["a": .bool(true), "b": .null, "c": .string("x")]
        object["b"] = .string("y")
        object["d"] = .null
        object["a"] = nil
        object["never"] = nil
        #expect(object.members.map(\.key) == ["b", "c", "d"])
        #expect(object["b"] == .string("y"))
        #expect(object["a"] == nil)
    }

    @Test("objects merge member by member, everything else is replaced whole")
    func merging() throws {
        let below: JSONObject = [
            "theme": .object(["id": .string("a"), "deep": .object(["x": .bool(true), "y": .bool(true)])]),
            "list": .array([.bool(true), .bool(false)]), "kept": .string("k"), "swapped": .object(["z": .null]),
        ]
        let above: JSONObject = [
            "theme": .object(["deep": .object(["y": .bool(false)]), "color": .string("#000000")]),
            "list": .array([]), "swapped": .string("text"), "new": .object(["n": .null]),
        ]
        let merged = below.merged(with: above)
        let expected = ##"""
            {"theme":{"id":"a","deep":{"x":true,"y":false},"color":"#000000"},"list":[],"kept":"k",\##
            "swapped":"text","new":{"n":null}}
            """##
        #expect(JSONValue.object(merged).text == expected)
    }

    @Test("equality does not mind the order of members")
    func equality() {
        let object: JSONObject = ["a": .bool(true), "b": .null]
        #expect(object == ["b": .null, "a": .bool(true)])
        #expect(object != ["a": .bool(true)])
        #expect(object != ["a": .bool(true), "b": .bool(false)])
        #expect(object != ["a": .bool(true), "c": .null])
    }

    @Test("hundreds of thousands of members are merged within a breath", .timeLimit(.minutes(1)))
    func hugeObjects() {
        let count = 200_000
        let large = JSONObject(uniqueMembers: (0..<count).map { ("m\($0)", .null) })
        let merged = (["m7": .bool(true)] as JSONObject).merged(with: large)
        #expect(merged.members.count == count)
        #expect(merged["m7"] == .null)
    }
}
