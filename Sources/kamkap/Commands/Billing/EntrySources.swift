import ArgumentParser
import JSON

/// A file with the provider's own request.
struct EntryFile: EntrySource {
    @Argument(help: "The provider's request as JSON; - reads standard input.") var file: String

    var query: [(name: String, value: String?)] { [] }

    func body() throws -> JSONObject { try Self.object(in: file) }

    static func object(in file: String) throws -> JSONObject {
        let value: JSONValue
        do { value = try JSONParser.parse(try Submit.read(file)) } catch let error as JSONSyntaxError {
            throw CommandExit(.badData, "\(file): not JSON: \(error)")
        }
        guard case .object(let object) = value else {
            throw CommandExit(.badData, "\(file): expected an object, found \(value.kind)")
        }
        return object
    }
}

struct BillFile: EntrySource {
    @Argument(help: "The provider's request as JSON; - reads standard input.") var file: String
    @Option(help: "Bind it to this customer of the provider's book, by its id.") var customer: String?

    var query: [(name: String, value: String?)] { [("customer_id", customer)] }

    func body() throws -> JSONObject { try EntryFile.object(in: file) }
}

struct ReceiptSource: EntrySource {
    @Argument(help: "The provider's request as JSON; - reads standard input.") var file: String?
    @Option(help: "In place of FILE: make it from this bill, once that is paid.") var bill: String?
    @Option(help: "With --bill: the receipt's number.") var number: String?
    @Option(help: "With FILE: bind it to this customer, by its id.") var customer: String?

    var query: [(name: String, value: String?)] { [("customer_id", customer)] }

    func validate() throws {
        guard (file == nil) != (bill == nil) else { throw ValidationError("Name a FILE, or a bill with --bill.") }
        if (bill == nil) != (number == nil) { throw ValidationError("--bill and --number go together.") }
    }

    func body() throws -> JSONObject {
        guard let bill, let number else { return try EntryFile.object(in: file ?? "-") }
        return ["invoice_id": .string(bill), "data": .null, "number": .string(number)]
    }
}

struct TaxInvoiceSource: EntrySource {
    @Argument(help: "The provider's request as JSON; - reads standard input.") var file: String?
    @Option(help: "In place of FILE: make it from this receipt.") var receipt: String?
    @Option(help: "In place of FILE: make it from this bill.") var bill: String?
    @Option(help: "With --receipt or --bill: the tax invoice's number.") var number: String?
    @Option(help: "With FILE: bind it to this customer, by its id.") var customer: String?

    var query: [(name: String, value: String?)] { [("customer_id", customer)] }

    func validate() throws {
        guard [file, receipt, bill].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Name a FILE, or one of --receipt and --bill.")
        }
        if (file == nil) != (number != nil) { throw ValidationError("--number goes with --receipt or --bill.") }
    }

    func body() throws -> JSONObject {
        guard let number else { return try EntryFile.object(in: file ?? "-") }
        var body: JSONObject = ["number": .string(number)]
        if let receipt { body["receipt_id"] = .string(receipt) }
        if let bill { body["invoice_id"] = .string(bill) }
        return body
    }
}
