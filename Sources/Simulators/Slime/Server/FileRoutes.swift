import HTTPTypes
import HummingbirdCore

/// The host of the files: nothing but locations.
struct FileRoutes: Sendable {
    let simulator: SlimeSimulator

    func serve(_ request: Request, by writer: consuming ResponseWriter) async throws {
        let path = (request.head.path ?? "/").prefix { $0 != "?" }
        guard path.hasPrefix(SlimeServer.filePath) else {
            return try await refusal(404, "There is nothing here.").send(by: writer, withBody: request.method != .head)
        }
        // A HEAD that used a location up would be a trap of the simulator's own.
        guard request.method == .get else {
            return try await refusal(405, "A location takes GET.").send(by: writer, withBody: request.method != .head)
        }
        let answer = await simulator.fetch(String(path.dropFirst(SlimeServer.filePath.count)))
        try await answer.reply.send(by: writer, withBody: true)
        if let receipt = answer.receipt { await simulator.delivered(receipt) }
    }

    private func refusal(_ status: Int, _ message: String) async -> Reply {
        .text(status, message, date: UTCTime.header(await simulator.now()))
    }
}
