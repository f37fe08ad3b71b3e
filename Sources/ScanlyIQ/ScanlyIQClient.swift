import Foundation
import HTTPCalls
import JSON
import NIOHTTP1
import Sales

/// Calls ScanlyIQ over kept-alive HTTPS, within the page's limits. Every call has one deadline as a whole, and is sent only once.
public struct ScanlyIQClient: Sendable {
    let endpoint: ScanlyIQEndpoint
    private let caller: HTTPCaller
    /// Uploads have connections and a deadline of their own.
    private let uploads: HTTPCaller
    private let limiter: CallLimiter
    /// The server's clock, by its last answer.
    let serverClock = ServerClock()

    /// - Parameter journal: where calls are kept beyond the end of this process; nil for a client of few calls.
    public init(
        endpoint: ScanlyIQEndpoint, options: ScanlyIQCallOptions, limits: CallLimits = .usual,
        journal: CallJournal? = nil
    ) {
        self.endpoint = endpoint
        caller = HTTPCaller(options.calls(timeout: options.timeout))
        uploads = HTTPCaller(options.calls(timeout: options.uploadTimeout))
        limiter = CallLimiter(limits, journal: journal)
    }

    /// Whether the endpoint is a loopback address: a simulator.
    public var isOnThisMachine: Bool { endpoint.isOnThisMachine }

    /// Closes the connections; do not use the client after that.
    public func shutdown() async throws {
        try await caller.shutdown()
        try await uploads.shutdown()
    }

    // MARK: Slips

    /// - Returns: the upload's id.
    func upload(_ image: [UInt8], _ media: SlipMedia) async throws(ScanlyIQError) -> String {
        let form = UploadForm(image, media)
        let answer = try await send(.upload, .prompt, body: Body(form.body, form.contentType))
        guard let uploads = answer.objects("uploads"), uploads.count == 1, let id = uploads.first?.id("id") else {
            throw ScanlyIQError(
                .unintelligible, "ScanlyIQ took an image, and answered without the one id of its upload")
        }
        return id
    }

    func create(_ order: JobOrder) async throws(ScanlyIQError) -> CreatedJob {
        let answer = try await send(.createJob, .prompt, body: Body(order.bytes))
        guard let job = CreatedJob(answer) else {
            throw ScanlyIQError(
                .withoutJobID, "ScanlyIQ has made a job, and answered without \"jobId\": its result cannot be asked for"
            )
        }
        return job
    }

    func job(_ id: String, _ urgency: CallUrgency) async throws(ScanlyIQError) -> ShownJob {
        ShownJob(try await send(.showJob, urgency, of: id), of: id)
    }

    // MARK: The account

    /// How many credits are left.
    func balance() async throws(ScanlyIQError) -> Int {
        guard let balance = try await send(.credits, .prompt).credits("balance", .down) else {
            throw ScanlyIQError(.unintelligible, "ScanlyIQ answered without \"balance\"")
        }
        return balance
    }

    func models() async throws(ScanlyIQError) -> [ScanlyIQModel] {
        guard let models = try await send(.models, .prompt).objects("models") else {
            throw ScanlyIQError(.unintelligible, "ScanlyIQ answered without \"models\"")
        }
        return models.compactMap(ScanlyIQModel.init)
    }

    func estimate(_ count: Int, by model: ScanlyIQModel) async throws(ScanlyIQError) -> SlipEstimate {
        let body: JSONObject = [
            "type": .string("SLIP_OCR"), "modelId": .string(model.id), "itemCount": .number(JSONNumber(count)),
        ]
        let answer = try await send(.estimate, .late, body: Body(JSONValue.object(body).bytes))
        guard let estimate = SlipEstimate(answer, model) else {
            throw ScanlyIQError(.unintelligible, "ScanlyIQ answered without \"estimatedCredits\" or \"currentBalance\"")
        }
        return estimate
    }

    // MARK: Calls

    private struct Body {
        let bytes: [UInt8]
        let type: String

        init(_ bytes: [UInt8], _ type: String = "application/json") {
            self.bytes = bytes
            self.type = type
        }
    }

    /// - Parameter id: of the thing that is asked for.
    private func send(
        _ call: ScanlyIQCall, _ urgency: CallUrgency, of id: String? = nil, body: Body? = nil
    ) async throws(ScanlyIQError) -> JSONObject {
        let url = endpoint.url + call.path + (id.map { "/" + Self.escaped($0) } ?? "")
        return try await limiter.run(call.group, urgency) { () async throws(ScanlyIQError) in
            try await exchange(call, url, body)
        }
    }

    private func exchange(_ call: ScanlyIQCall, _ url: String, _ body: Body?) async throws(ScanlyIQError) -> JSONObject
    {
        let over = call.group == .uploads ? uploads : caller
        let answer: HTTPAnswer
        do {
            answer = try await over.call(call.method, url, headers: headers(body), body: body?.bytes)
        } catch {
            throw ScanlyIQError(error)
        }
        let result = try ScanlyIQResponse.object(of: answer, hiding: endpoint.key)
        // Any other answer may come from elsewhere: a proxy's page, a portal's.
        serverClock.record(answer.headers.first(name: "Date"))
        return result
    }

    private func headers(_ body: Body?) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "Authorization": "Bearer \(endpoint.key)", "Accept": "application/json", "User-Agent": "Kamkap",
        ]
        if let body { headers.add(name: "Content-Type", value: body.type) }
        return headers
    }

    /// For one part of a path.
    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986 §2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
