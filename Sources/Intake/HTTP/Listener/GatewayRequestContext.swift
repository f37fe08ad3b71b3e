import Foundation
import GatewayAPI
import Host
import Hummingbird
import Logging
import NIOCore
import Sales

/// What a route knows about its request besides the request: the connection it came over, and its sender.
struct GatewayRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    private let access: ListenerAccess
    private let caller: Caller

    init(source: ApplicationRequestContextSource) { self.init(source: source, access: .local, caller: .local) }

    init(source: ApplicationRequestContextSource, access: ListenerAccess, caller: Caller) {
        self.caller = caller
        coreContext = .init(source: source)
        channel = source.channel
        self.access = access
    }

    /// Who asks, for the log: the user of a Unix socket, as the kernel knows it, or an address.
    func peer() async -> String {
        if access.isNetwork { return channel.remoteAddress?.ipAddress ?? "not known" }
        guard let credentials = try? await PeerCredentials(channel: channel) else { return "not known" }
        return "uid=\(credentials.userID)"
    }

    /// Some operations are only for users of this machine.
    func requireLocal(_ what: String) throws {
        guard access.isNetwork else { return }
        throw ProblemError(
            Problem(
                .forbidden, status: 403, title: "Not over the network",
                detail: "\(what) only over the gateway's Unix socket"))
    }

    /// Some operations are for staff: over the network a till's token does not allow them.
    func requireStaff(_ what: String) throws {
        guard caller == .till else { return }
        let remedy = access.knowsStaff ? "" : ", which this gateway's configuration does not name"
        throw ProblemError(
            Problem(
                .forbidden, status: 403, title: "Not with the tills' token",
                detail: "\(what) over the network only with the token of intake.staff_token_file\(remedy)"))
    }

    /// A path parameter; Hummingbird leaves it percent-encoded.
    func parameter(_ name: String) throws -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else {
            throw ProblemError(Problem.notFound("no such path"))
        }
        return text
    }

    /// The sale that the path names. An impossible id counts as not found.
    func transactionID() throws -> TransactionID {
        let text = try parameter("id")
        guard let id = TransactionID(text) else {
            throw ProblemError(Problem.notFound("there is no sale of this id; an id has \(TransactionID.rule)"))
        }
        return id
    }
}
