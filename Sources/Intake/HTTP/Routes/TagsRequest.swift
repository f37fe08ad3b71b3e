/// `{"tags":["order:314159"]}`: all of a sale's tags from now on.
struct TagsRequest {
    /// As in a sale (Slime API, "Set Tags").
    static let longest = 100

    let tags: [String]

    init(_ body: [UInt8]) throws {
        var reader = try StaffRequest(body, known: ["tags"])
        tags = reader.texts("tags", size: 0...2, length: 0...Self.longest)
        try reader.finish()
    }
}
