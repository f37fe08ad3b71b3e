import JSON

/// The body that orders a job: one slip.
struct JobOrder: Sendable, Equatable {
    let upload: String
    let model: String
    let project: String?

    var bytes: [UInt8] {
        var object: JSONObject = ["uploadIds": .array([.string(upload)]), "modelId": .string(model)]
        if let project { object["projectId"] = .string(project) }
        object["documentType"] = .string("slip")
        return JSONValue.object(object).bytes
    }
}
