import JSON

/// An object of an answer, and its place in the answer.
struct WireObject {
    private let object: JSONObject
    private let place: String

    /// - Parameter place: empty for the whole answer.
    init(_ json: JSONValue, at place: String) throws(WireFault) {
        guard case .object(let object) = json else {
            let subject = place.isEmpty ? "" : "\(place): "
            throw WireFault(detail: "\(subject)expected an object, found \(json.kind)")
        }
        self.object = object
        self.place = place
    }

    subscript(name: String) -> JSONValue? { object[name] }

    func value(_ name: String) throws(WireFault) -> JSONValue {
        guard let value = object[name] else { throw WireFault(detail: "\(place(of: name)) is missing") }
        return value
    }

    func place(of name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
