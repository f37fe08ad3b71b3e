import ArgumentParser
import GatewayAPI
import JSON

/// The sale that a command is about: by its id, or by the number on its paper, which is what staff have in their hands.
struct SaleSelection: ParsableArguments {
    /// How many sales of one number are listed at most.
    private static let limit = 50

    @Argument(help: "The sale's transaction_id.") var id: String?
    @Option(help: "The number on the sale's paper, in place of ID.") var number: String?

    func validate() throws {
        guard (id == nil) != (number == nil) else {
            throw ValidationError(
                id == nil
                    ? "Name the sale: by its ID, or by the number on its paper with --number."
                    : "Name the sale by its ID or by --number, not by both.")
        }
    }

    /// The sale's id. If several sales have the number on their papers, they are listed, and the command ends.
    func transactionID(from client: GatewayClient, json: Bool) async throws -> String {
        guard let number else { return id ?? "" }
        return try await Self.transactionID(ofNumber: number, from: client, json: json)
    }

    static func transactionID(
        ofNumber number: String, from client: GatewayClient, json: Bool
    ) async throws -> String {
        let name = "number \(SaleText.plain(number))"
        let answer = try await client.get(
            GatewayClient.path(ofSales: ["number": number, "limit": "\(limit)"]))
        guard answer.status == 200 else { throw CommandExit(answer, about: name) }
        let page = try SalePage(json: answer.json())
        if page.sales.count == 1, page.next == nil { return page.sales[0].transactionID }
        guard !page.sales.isEmpty else { throw CommandExit(.badData, "\(name): no sale has it on its paper") }
        let text = SalePageText(page: page, showsURL: false)
        Terminal.print(json ? text.json.text : text.choices())
        let count = page.next == nil ? "\(page.sales.count)" : "more than \(page.sales.count)"
        throw CommandExit(
            .badData, "\(name): \(count) sales have it on their papers, and nothing was done; name one by its ID")
    }
}
