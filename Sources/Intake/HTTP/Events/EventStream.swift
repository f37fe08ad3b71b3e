import Gateway
import GatewayAPI
import Hummingbird
import Monitoring
import NIOCore
import ServiceLifecycle

/// One reader's stream: written until the reader goes or takes nothing any more, or the gateway stops.
struct EventStream: Sendable {
    /// Shows a reader, and everything in between, that the stream lives; and shows us that the reader does.
    private static let keepAlive: Duration = .seconds(15)
    /// A reader that takes nothing for this many keep-alives is cut off.
    private static let waitLimit = 4
    /// How long a reader has at a stop to take the rest.
    private static let grace: Duration = .seconds(1)

    let reader: EventReader
    let watch: EventPublisher
    let channel: any Channel

    func write(_ standing: [GatewayEvent], to writer: inout any ResponseBodyWriter) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await endAtStop() }
            group.addTask { await remind() }
            defer { group.cancelAll() }
            for event in standing { try await writer.write(bytes(event, id: reader.lastID)) }
            for await element in reader {
                switch element {
                case .event(let id, let event): try await writer.write(bytes(event, id: id))
                case .missed(let count, let lastID):
                    try await writer.write(bytes(watch.gateway(dropped: count), id: lastID))
                case .silence: try await writer.write(ByteBuffer(string: ": keep-alive\n\n"))
                }
            }
        }
    }

    private func bytes(_ event: GatewayEvent, id: Int) -> ByteBuffer {
        ByteBuffer(string: EventResource(event).text(id: id))
    }

    /// At a stop the reader gets what waits for it; a write that hangs is ended with its connection.
    private func endAtStop() async {
        guard (try? await gracefulShutdown()) != nil else { return }
        reader.end()
        guard (try? await Task.sleep(for: Self.grace)) != nil else { return }
        channel.close(promise: nil)
    }

    private func remind() async {
        var (taken, standstills) = (reader.taken, 0)
        while (try? await Task.sleep(for: Self.keepAlive)) != nil {
            standstills = reader.taken == taken ? standstills + 1 : 0
            taken = reader.taken
            if standstills > Self.waitLimit {
                channel.close(promise: nil)
                return
            }
            reader.remind()
        }
    }
}
