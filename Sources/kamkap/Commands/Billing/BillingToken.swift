import ArgumentParser
import Foundation
import GatewayAPI
import JSON

struct BillingToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "The key of the provider's account. It is written to files, and never shown.",
        discussion: """
            The provider's page does not say whether its access token is the key in billgate.key_file. If it is, a new or a \
            revoked token stops registration until that file has the new one. Nothing here happens by itself.
            """,
        subcommands: [TokenAuthorized.self, TokenShow.self, TokenNew.self, TokenRevoke.self])

    static let path = GatewayClient.path(ofBilling: ["token"])

    /// The gateway writes the file, as its own user.
    static func write(_ file: String, new: Bool, by client: GatewayClient) async throws {
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        let body = JSONValue.object(["path": .string(path), "new": .bool(new)])
        let answer = try await client.post(Self.path, body.bytes)
        guard answer.status == 200 else { throw CommandExit(answer, about: path) }
    }
}

struct TokenAuthorized: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorized", abstract: "Whether the account may use the provider's interface: exit 0 if it may.")

    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        let answer = try await gateway.client.get(BillingToken.path)
        guard answer.status == 200 else { throw CommandExit(answer, about: "token") }
    }
}

struct TokenShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Write the current token into a new file.",
        discussion: "The gateway writes FILE, as its own user, so that only that user can read it. Nothing is printed.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: ArgumentHelp("A file that is not there yet.", valueName: "file")) var to: String

    func run() async throws { try await BillingToken.write(to, new: false, by: gateway.client) }
}

struct TokenNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Have a new token made, and write it into a new file.",
        discussion: """
            The gateway writes FILE, as its own user, so that only that user can read it. Nothing is printed. The token before \
            may end with it: put the new one into billgate.key_file then, and start the gateway again.
            """)

    @OptionGroup var gateway: GatewayOptions
    @Option(help: ArgumentHelp("A file that is not there yet.", valueName: "file")) var to: String
    @Flag(help: "Do not ask.") var yes = false

    func run() async throws {
        try BillingText.confirm(
            "The token before may end, and it may be the key in billgate.key_file. Have a new one made?",
            about: "token", yes: yes)
        try await BillingToken.write(to, new: true, by: gateway.client)
    }
}

struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke the current token. It may be the key that this gateway uses.")

    @OptionGroup var gateway: GatewayOptions
    @Flag(help: "Do not ask.") var yes = false

    func run() async throws {
        try BillingText.confirm(
            "It may be the key in billgate.key_file: then no sale is registered until there is a new one. Revoke the token?",
            about: "token", yes: yes)
        let answer = try await gateway.client.delete(BillingToken.path)
        guard answer.status == 200 else { throw CommandExit(answer, about: "token") }
    }
}
