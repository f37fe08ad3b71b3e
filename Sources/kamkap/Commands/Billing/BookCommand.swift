import ArgumentParser
import GatewayAPI
import JSON
import RemoteServices

/// `kamkap billing customers …`, and the same for every book.
struct BookCommand<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let changing: [any ParsableCommand.Type] = Book.canChange ? [EntryChange<Book>.self] : []
        return CommandConfiguration(
            commandName: Book.book.rawValue, abstract: Book.abstract,
            subcommands: [EntryList<Book>.self, EntryShow<Book>.self, EntryAdd<Book>.self] + changing
                + [EntryRemove<Book>.self] + Book.further)
    }
}

struct EntryList<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List them, in the provider's order.")
    }

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var filters: Book.Filters
    @Option(help: "How many at most.") var limit = 50
    @Option(help: "Leave out so many at the beginning.") var offset = 0
    @Flag(help: "Print them as JSON, as the provider has them.") var json = false
    @Flag(help: "With --json: links too.") var showURL = false

    func validate() throws {
        guard (1...100).contains(limit), offset >= 0 else {
            throw ValidationError("--limit is 1 to 100, and --offset is not negative.")
        }
    }

    func run() async throws {
        let query = filters.query + [("limit", "\(limit)"), ("offset", "\(offset)")]
        let answer = try await gateway.client.get(GatewayClient.path(ofBilling: [Book.book.rawValue], query))
        guard answer.status == 200 else { throw CommandExit(answer, about: Book.book.rawValue) }
        let page = try BillingPageResource(json: answer.json())
        Terminal.print(
            json
                ? BillingText.shown(page.json, showsURL: showURL).text : BillingText.table(page, columns: Book.columns))
    }
}

struct EntryShow<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Show one.")
    }

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The provider's id.") var id: String
    @Flag(help: "Print it as JSON, as the provider has it.") var json = false
    @Flag(help: "Also show links: whoever has one can open the document.") var showURL = false

    func run() async throws {
        let answer = try await gateway.client.get(GatewayClient.path(ofBilling: [Book.book.rawValue, id]))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let entry = BillingText.shown(
            .object(try BillingEntryResource(json: answer.json()).entry), showsURL: showURL)
        Terminal.print(json ? entry.text : BillingText.lines(entry))
    }
}

struct EntryAdd<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: "Make one.")
    }

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var source: Book.Source
    @Flag(help: "An earlier call of unknown end did nothing: you have looked.") var anew = false
    @Flag(help: "Print what became of it as JSON.") var json = false

    func run() async throws {
        let query = source.query + [("anew", anew ? "true" : nil)]
        let answer = try await gateway.client.post(
            GatewayClient.path(ofBilling: [Book.book.rawValue], query),
            JSONValue.object(try source.body()).bytes)
        try BillingText.print(answer, about: Book.book.rawValue, json: json)
    }
}

struct EntryChange<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "change", abstract: "Replace one by what FILE says.",
            discussion: "FILE is the whole of it: what it leaves out is gone.")
    }

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The provider's id.") var id: String
    @Argument(help: "The provider's request as JSON; - reads standard input.") var file: String
    @Flag(help: "Print what became of it as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.put(
            GatewayClient.path(ofBilling: [Book.book.rawValue, id]),
            JSONValue.object(try EntryFile.object(in: file)).bytes)
        try BillingText.print(answer, about: id, json: json)
    }
}

struct EntryRemove<Book: BookName>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "remove", abstract: "Remove one. \(Book.removal)")
    }

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The provider's id.") var id: String
    @Flag(help: "Do not ask.") var yes = false
    @Flag(help: "Print what became of it as JSON.") var json = false

    func run() async throws {
        try BillingText.confirm("\(Book.removal) Remove \(SaleText.plain(id))?", about: id, yes: yes)
        let answer = try await gateway.client.delete(GatewayClient.path(ofBilling: [Book.book.rawValue, id]))
        try BillingText.print(answer, about: id, json: json)
    }
}
