/// An error of S3: a status, a code and details, some of which repeat what was sent. The real service does that too.
struct StoreRefusal: Error, Equatable {
    let status: Int
    let code: String
    let message: String
    var details: [Detail] = []

    struct Detail: Equatable {
        let name: String
        let text: String
    }

    static let invalidURI = StoreRefusal(status: 400, code: "InvalidURI", message: "Couldn't parse the specified URI.")
    static let notImplemented = StoreRefusal(
        status: 501, code: "NotImplemented", message: "The simulator only puts, gets and deletes objects.")
    static let noSuchKey = StoreRefusal(
        status: 404, code: "NoSuchKey", message: "The specified key does not exist.")

    static func denied(_ message: String) -> StoreRefusal {
        StoreRefusal(status: 403, code: "AccessDenied", message: message)
    }

    static func invalid(_ message: String) -> StoreRefusal {
        StoreRefusal(status: 400, code: "InvalidRequest", message: message)
    }

    /// `<Error>` as the service writes it.
    var body: [UInt8] {
        let all = [Detail(name: "Code", text: code), Detail(name: "Message", text: message)] + details
        let lines = all.map { "<\($0.name)>\(HTMLText.escape($0.text))</\($0.name)>" }.joined()
        return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\(lines)</Error>".utf8)
    }

    func reply(date: String) -> Reply {
        Reply(status: status, contentType: "application/xml", body: body, date: date)
    }
}
