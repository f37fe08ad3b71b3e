import ArgumentParser
import Foundation

struct Sandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the gateway with a simulated Slime and a virtual printer, in one directory.",
        discussion:
            "Every receipt becomes a PNG in DIR/receipts. Nothing leaves the machine, and no paper is a tax invoice.")

    @Option(help: "The directory: made where it is missing.") var directory: String
    @Option(help: "Let tills in over TCP as well, at ADDR:PORT.") var listen: String?
    @Flag(help: "Post sample sales, say what became of them, and exit.") var demo = false
    @Option(help: "The least level that is logged.") var logLevel: LogLevel = .warning

    func run() async throws {
        Logs.bootstrap(level: logLevel.level)
        let door = try listen.map(Self.address)
        let house = try SandboxHouse(directory: directory)
        try await house.run(door: door, isDemo: demo)
    }

    private static func address(_ text: String) throws -> (host: String, port: Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { throw ValidationError("--listen: expected ADDR:PORT, such as 127.0.0.1:9180, found \"\(text)\"") }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        return (host.isEmpty ? "127.0.0.1" : host, port)
    }
}
