import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Host
import Hummingbird
import ServiceLifecycle

/// `/v1/backup`: a consistent copy of the database while sales go on.
struct BackupRoutes: Sendable {
    let backups: BackupOperations
    let body: RequestBody

    func add(to router: Router<GatewayRequestContext>) {
        router.post("v1/backup", use: backUp)
    }

    @Sendable private func backUp(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        // It writes to this machine, to any path.
        try context.requireLocal("a backup is made")
        let asked = try await body.json(of: request, over: context.channel) { try BackupRequest($0) }
        let copy = try await cancelWhenGracefulShutdown { [backups] in
            try await backups.backUp(to: asked.path) { draft in
                do throws(HostError) {
                    _ = try await DurableFile.move(draft, to: asked.path, collision: .refuse)
                } catch {
                    throw OperationError.wrongState(error.message)
                }
            }
        }
        return .json(BackupResource(path: asked.path, sizeBytes: copy.size, pages: copy.pages).json)
    }
}

/// `{"path":"/var/backups/kamkap/monday.sqlite"}`
struct BackupRequest {
    /// Absolute, of a file in an existing folder.
    let path: String

    init(_ body: [UInt8]) throws {
        var reader = try StaffRequest(body, known: ["path"])
        path = reader.string("path") ?? ""
        if !path.hasPrefix("/") || path.hasSuffix("/") || path.utf8.contains(0) {
            reader.add("path", "expected the absolute path of a file, such as \"/var/backups/kamkap/monday.sqlite\"")
        } else {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            var isFolder: ObjCBool = false
            if !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || !isFolder.boolValue {
                reader.add("path", "there is no folder \(folder) that the gateway can see")
            }
        }
        try reader.finish()
    }
}
