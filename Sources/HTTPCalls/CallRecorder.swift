import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects an answer, and remembers whether the request had begun to leave.
///
/// The client reports the head in the same turn of the event loop in which it hands it to the socket, and reports a
/// failure later. One of our clients does everything on one loop. So a failure that comes without this report came
/// before the first byte of the request. No byte of the body is written before the head.
final class CallRecorder: HTTPClientResponseDelegate {
    typealias Response = HTTPClient.Response

    private let collector: ResponseAccumulator
    private let hasLeft = Atomic(false)

    init(request: HTTPClient.Request, maximumAnswer: Int) {
        collector = ResponseAccumulator(request: request, maxBodySize: maximumAnswer)
    }

    /// Whether a byte of the request may have left this machine.
    var requestMayHaveLeft: Bool { hasLeft.load(ordering: .sequentiallyConsistent) }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        hasLeft.store(true, ordering: .sequentiallyConsistent)
    }

    func didVisitURL(task: HTTPClient.Task<Response>, _ request: HTTPClient.Request, _ head: HTTPResponseHead) {
        collector.didVisitURL(task: task, request, head)
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        collector.didReceiveHead(task: task, head)
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        collector.didReceiveBodyPart(task: task, buffer)
    }

    func didReceiveError(task: HTTPClient.Task<Response>, _ error: any Error) {
        collector.didReceiveError(task: task, error)
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        try collector.didFinishRequest(task: task)
    }
}
