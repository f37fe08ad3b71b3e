import ArgumentParser
import Foundation
import GatewayAPI
import JSON
import NIOCore

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the database to a file, while sales go on.",
        discussion: """
            The gateway writes FILE, as its own user; nothing is overwritten. To go back to a copy: stop the gateway, put \
            it in the database's place, and start the gateway again.
            """)

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "Path of the copy.") var file: String
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        let client = gateway.client
        let total = try? StatusResource(json: try await client.get("/v1/status").json()).database.sizeBytes
        let body = JSONValue.object(["path": .string(path)]).bytes
        let answer = try await Progress.during {
            try await client.post("/v1/backup", body, waitLimit: .hours(12))
        } say: {
            // If this user may not look there, there is nothing to report.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + ".part")
            guard let size = (attributes?[.size] as? NSNumber)?.intValue else { return nil }
            return "\(Size.text(size))\((total ?? nil).map { " of about \(Size.text($0))" } ?? "") copied"
        }
        guard answer.status == 200 else { throw CommandExit(answer, about: path) }
        let backup = try BackupResource(json: answer.json())
        Terminal.print(json ? backup.json.text : "\(backup.path): \(Size.text(backup.sizeBytes))")
    }
}
