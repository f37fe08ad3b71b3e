import JSON

/// A buyer in a file: the member `buyer` of a sale.
enum BuyerFile {
    static func read(_ file: String) throws -> JSONValue {
        do { return try JSONParser.parse(try Submit.read(file)) } catch let error as JSONSyntaxError {
            throw CommandExit(.badData, "\(file): not JSON: \(error)")
        }
    }
}
