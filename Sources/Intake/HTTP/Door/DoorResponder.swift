import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Answers `GET` and `HEAD /d/TOKEN` with the token's document, and everything else with 404, alike: an answer says nothing of
/// what is or was there. No path and no token gets into a log.
struct DoorResponder: Sendable {
    private static let path = "/d/"
    /// Hexadecimal digits of 256 bits.
    private static let tokenLength = 64

    let documents: DoorDocumentSource
    let limits: DoorLimits
    let places: AsyncSemaphore
    let book: ConnectionRegistry

    init(documents: @escaping DoorDocumentSource, limits: DoorLimits, book: ConnectionRegistry) {
        self.documents = documents
        self.limits = limits
        self.book = book
        places = AsyncSemaphore(
            places: limits.documents, waitLimit: limits.waitLimit, refusal: "too many documents are on their way")
    }

    @Sendable func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let isWelcome = book.begin(channel)
        let giveUp = channel.eventLoop.scheduleTask(in: .init(limits.answerDeadline)) { channel.close(promise: nil) }
        defer {
            giveUp.cancel()
            _ = book.end(channel)
        }
        guard isWelcome, let token = Self.token(of: request) else {
            let response = isWelcome ? Self.nothing : Self.crowded
            return try await writer.write(response: response.head, body: response.body)
        }
        do { try await places.enter(1) } catch {
            let response = Self.crowded
            return try await writer.write(response: response.head, body: response.body)
        }
        // The place is held until the last byte has left: the document is in memory until then.
        defer { places.leave(1) }
        let response = await documents(token).map(Self.response) ?? Self.nothing
        let shown = request.method == .head ? response.createHeadResponse() : response
        try await writer.write(response: shown.head, body: shown.body)
    }

    /// Nil if the request asks for no document.
    private static func token(of request: Request) -> String? {
        guard request.method == .get || request.method == .head else { return nil }
        guard let target = request.head.path, target.hasPrefix(path) else { return nil }
        let token = target.dropFirst(path.count)
        let isToken = token.utf8.allSatisfy { digit in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
        }
        return isToken && token.utf8.count == tokenLength ? String(token) : nil
    }

    /// Nothing on the way may keep it, and nothing may take it for a page.
    private static func response(_ document: DoorDocument) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: document.mediaType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: document.bytes)))
    }

    /// The connection ends with it: nobody who guesses stays.
    private static var nothing: Response {
        Response(status: .notFound, headers: [.cacheControl: "no-store", .connection: "close"])
    }

    private static var crowded: Response {
        Response(
            status: .serviceUnavailable,
            headers: [.cacheControl: "no-store", .retryAfter: "10", .connection: "close"])
    }
}
