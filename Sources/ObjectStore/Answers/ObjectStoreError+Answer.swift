import HTTPCalls
import NIOHTTP1

/// What is done with an object.
enum StoreCall: Sendable {
    case put, get, delete

    /// Whether a repeated or lost call leaves anything behind.
    fileprivate var acts: Bool { self != .get }
}

extension ObjectStoreError {
    /// What is wrong with an answer; nil if it says that the call did what it is for.
    init?(_ answer: HTTPAnswer, to call: StoreCall, table: String) {
        if Self.isSuccess(answer, of: call) { return nil }
        let (date, wait) = (answer.date, answer.retryAfter)
        guard let refusal = StoreRefusal(answer.body) else {
            self.init(unexplained: answer, call)
            return
        }
        if call == .delete, answer.status == 404, [.noSuchKey, .noSuchVersion].contains(refusal.code) { return nil }
        self.init(
            "ObjectStore::\(refusal.code.rawValue)",
            "The object store answered \(answer.status) \(refusal.code.rawValue): "
                + refusal.code.advice(table: table, region: refusal.region),
            refusal.code.meaning, mayHaveActed: call.acts && answer.status >= 500, retryAfter: wait, serverDate: date)
    }

    /// Any 2xx would let a portal's page pass for a store.
    private static func isSuccess(_ answer: HTTPAnswer, of call: StoreCall) -> Bool {
        switch (call, answer.status) {
        // Every store tells what it keeps by an ETag.
        case (.put, 200), (.put, 201), (.put, 204): answer.headers.contains(name: "ETag")
        case (.get, 200): true
        // 404 without a word is not a page either.
        case (.delete, 200), (.delete, 202), (.delete, 204), (.delete, 404): answer.body.isEmpty
        default: false
        }
    }

    /// An answer without the store's own words may come from elsewhere, so nothing is concluded from it.
    private init(unexplained answer: HTTPAnswer, _ call: StoreCall) {
        let status = answer.status
        guard !(200..<300).contains(status) else {
            self.init(
                "Gateway::Unintelligible", "The object store answered \(status) with something that is not of S3",
                .retry,
                mayHaveActed: call.acts)
            return
        }
        let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
        self.init(
            "HTTP::\(status)", "The object store, or something before it, answered \(status) \(reason)", .retry,
            mayHaveActed: call.acts && status >= 500, retryAfter: answer.retryAfter)
    }
}
