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
            self.init(unexplained: answer, call, table)
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
        case (.delete, 200), (.delete, 202), (.delete, 204): answer.body.isEmpty
        // A proxy, and a path that leads nowhere, have no word for it either.
        case (.delete, 404): answer.body.isEmpty && isOfStore(answer)
        default: false
        }
    }

    /// Every store of S3 names its answers.
    private static func isOfStore(_ answer: HTTPAnswer) -> Bool { answer.headers.contains(name: "x-amz-request-id") }

    /// An answer without the store's own words may come from elsewhere, so nothing is concluded from it.
    private init(unexplained answer: HTTPAnswer, _ call: StoreCall, _ table: String) {
        let status = answer.status
        // A refusal of the key or its rights, under a code that nobody knows.
        if [401, 403].contains(status), StoreRefusal.isError(answer.body) {
            self.init(
                "ObjectStore::Refused",
                "The object store answered \(status) with an error that is not known: check \(table).key_id and secret_file",
                .misconfigured, retryAfter: answer.retryAfter, serverDate: answer.date)
            return
        }
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
