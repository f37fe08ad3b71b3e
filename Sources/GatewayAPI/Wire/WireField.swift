import JSON

/// A row of a resource's table: a name on the wire, and the resource's value for it.
public struct WireField<Resource: Sendable>: Sendable {
    typealias Path<Value> = any WritableKeyPath<Resource, Value> & Sendable

    let names: [String]
    /// Appends what the field is on the wire.
    let write: @Sendable (Resource, inout [JSONObject.Member]) -> Void
    let read: @Sendable (inout Resource, WireObject) throws(WireFault) -> Void
}

extension WireField {
    static func field<Value: WireValue>(
        _ name: String, _ path: Path<Value>
    ) -> WireField {
        WireField(name, path, write: { $0.wireJSON }, read: Value.read)
    }

    static func field<Part: WireResource>(
        _ name: String, _ path: Path<Part>
    ) -> WireField {
        WireField(name, path, write: { $0.json }, read: Part.read)
    }

    /// Null if there is none.
    static func field<Part: WireResource>(
        _ name: String, _ path: Path<Part?>
    ) -> WireField {
        WireField(name, path, write: { $0?.json ?? .null }) { (json, place) throws(WireFault) in
            json.isNull ? nil : try Part.read(json, at: place)
        }
    }

    static func field<Part: WireResource>(
        _ name: String, _ path: Path<[Part]>
    ) -> WireField {
        WireField(name, path, write: { .array($0.map { $0.json }) }, read: parts)
    }

    /// Null if there is no list.
    static func field<Part: WireResource>(
        _ name: String, _ path: Path<[Part]?>
    ) -> WireField {
        WireField(name, path, write: { $0.map { .array($0.map(\.json)) } ?? .null }) {
            (json, place) throws(WireFault) in
            json.isNull ? nil : try parts(json, place)
        }
    }

    /// Left out if there is nothing to list.
    static func optionalField<Part: WireResource>(
        _ name: String, _ path: Path<[Part]?>
    ) -> WireField {
        WireField(
            names: [name],
            write: { resource, members in
                if let parts = resource[keyPath: path] { members.append((name, .array(parts.map { $0.json }))) }
            },
            read: { (resource, object) throws(WireFault) in
                guard let json = object[name] else { return }
                resource[keyPath: path] = try Self.parts(json, object.place(of: name))
            })
    }

    /// The fields of a part, among the resource's own.
    static func fields<Part: WireResource>(
        of path: Path<Part>
    ) -> [WireField] {
        Part.fields.map { field in
            WireField(
                names: field.names, write: { field.write($0[keyPath: path], &$1) },
                read: { (resource, object) throws(WireFault) in try field.read(&resource[keyPath: path], object) })
        }
    }

    private static func parts<Part: WireResource>(_ json: JSONValue, _ place: String) throws(WireFault) -> [Part] {
        guard case .array(let values) = json else { throw WireFault(detail: "\(place) is no array") }
        var parts: [Part] = []
        for (index, value) in values.enumerated() { parts.append(try Part.read(value, at: "\(place)[\(index)]")) }
        return parts
    }

    /// Neither `write` nor `read` is a key path of a protocol's: Swift looks such a one up again for every value.
    ///
    /// - Parameter read: gets the value's place.
    private init<Value: Sendable>(
        _ name: String, _ path: Path<Value>,
        write: @escaping @Sendable (Value) -> JSONValue,
        read: @escaping @Sendable (JSONValue, _ place: String) throws(WireFault) -> Value
    ) {
        names = [name]
        self.write = { resource, members in members.append((name, write(resource[keyPath: path]))) }
        self.read = { (resource, object) throws(WireFault) in
            resource[keyPath: path] = try read(try object.value(name), object.place(of: name))
        }
    }
}
