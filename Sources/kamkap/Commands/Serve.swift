import ArgumentParser
import Foundation
import Host
import Logging
import Settings

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the gateway until it is stopped.")

    @OptionGroup var configuration: ConfigurationOptions
    @Option(help: "The lowest level to log.") var logLevel: LogLevel = .info

    func run() async throws {
        StraySignals.ignore()
        let hangUps = await HangUpSignal.trap()
        Logs.bootstrap(level: logLevel.level)
        let settings = try Settings.loadOrExit(configuration.path)
        var start = Start(settings: settings, hangUps: hangUps)
        do { start.received = try ListenDescriptors.received() } catch {
            throw CommandExit(.systemFault, error.message)
        }
        try await start.run()
    }
}

/// The lowest level to log.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case debug, info, notice, warning, error

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

extension Settings {
    /// Reads the configuration; its faults end the command with 78.
    static func loadOrExit(_ path: String) throws -> Settings {
        do {
            return try load(file: path, credentials: Environment.value("CREDENTIALS_DIRECTORY"))
        } catch {
            throw CommandExit(.badConfiguration, error.description)
        }
    }
}
