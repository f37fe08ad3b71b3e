import Foundation
import Hummingbird
import Logging

/// What HTTP alone costs: Hummingbird on the same kind of socket, with a route that does nothing.
enum EmptyServer {
    static let argument = "--answer-empty"

    static func serve(_ socket: String) async throws {
        let router = Router()
        router.post("v1/sales") { _, _ in HTTPResponse.Status.created }
        let application = Application(
            router: router, configuration: .init(address: .unixDomainSocket(path: socket)),
            onServerRunning: { _ in FileHandle.standardOutput.write(Data("ready".utf8)) },
            logger: Logger(label: "empty") { _ in SwiftLogNoOpLogHandler() })
        try await application.run()
    }
}
