public import JSON

/// An object of the API. One table holds the names and kinds of its fields; it serves to write the object, and for the
/// command line to read it back.
public protocol WireResource: Sendable, Equatable {
    /// Nothing known yet: every field is set afterwards.
    init()

    static var fields: [WireField<Self>] { get }
}

extension WireResource {
    public var json: JSONValue { .object(members) }

    /// Its fields in the order of the table, for an object of their own or among others.
    var members: JSONObject {
        let fields = Self.fields
        var members: [JSONObject.Member] = []
        members.reserveCapacity(fields.count)
        for field in fields { field.write(self, &members) }
        return JSONObject(uniqueMembers: members)
    }

    public init(json: JSONValue) throws(WireFault) {
        self = try Self.read(json, at: "")
    }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> Self {
        let object = try WireObject(json, at: place)
        var resource = Self()
        for field in fields { try field.read(&resource, object) }
        return resource
    }
}
