import Foundation
import Hummingbird
import Logging
import NIOCore
import Sales
import TillAPI

/// What a route knows of its request beside the request: the connection it came over.
struct TillRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// A path parameter; Hummingbird leaves it percent-encoded.
    func parameter(_ name: String) throws -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else {
            throw ProblemError(Problem.notFound("no such path"))
        }
        return text
    }

    /// The sale that the path names. An id that cannot exist is simply not there.
    func transactionID() throws -> TransactionID {
        let text = try parameter("id")
        guard let id = TransactionID(text) else {
            throw ProblemError(Problem.notFound("there is no sale of this id; an id has \(TransactionID.rule)"))
        }
        return id
    }
}
