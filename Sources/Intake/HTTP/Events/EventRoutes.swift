import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import Monitoring
import NIOCore

/// `/v1/events`: the present state, and then everything that happens, for as long as the reader stays.
struct EventRoutes: Sendable {
    let watch: EventPublisher

    func add(to group: RouterGroup<GatewayRequestContext>) {
        group.get(use: follow)
    }

    @Sendable private func follow(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        guard let (reader, standing) = watch.reader() else {
            throw ProblemError(
                Problem(
                    .unavailable, status: 503, title: "Too many readers",
                    detail: "\(EventHub.maximumReaders) event streams are open already; close one, or share it"),
                retryAfter: .seconds(15))
        }
        let stream = EventStream(reader: reader, watch: watch, channel: context.channel)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await stream.write(standing, to: &writer)
                try await writer.finish(nil)
            })
    }
}
