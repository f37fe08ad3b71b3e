import GatewayAPI
import HTTPTypes
import Hummingbird

/// Which web pages a browser may let use the gateway (Fetch Standard, section 3.3, "CORS protocol").
public struct AllowedOrigins: Sendable {
    /// Seconds for which a browser need not ask again: short, so a change of the list takes effect soon.
    private static let memory = 600
    /// Every method and header that the API knows.
    private static let methods = "GET, HEAD, POST, PUT, DELETE"
    private static let headers = "authorization, content-type, idempotency-key"

    private let origins: Set<String>

    /// - Parameter origins: as browsers send them; compared letter for letter.
    public init(_ origins: [String] = []) {
        self.origins = Set(origins)
    }

    /// The answer to a browser's preflight, which comes without a token; nil for any other request.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            let origin = request.headers[.origin]
        else { return nil }
        guard origins.contains(origin) else { return Self.refusal(of: origin) }
        var response = Response(status: .noContent)
        response.headers[.accessControlAllowMethods] = Self.methods
        response.headers[.accessControlAllowHeaders] = Self.headers
        response.headers[.accessControlMaxAge] = "\(Self.memory)"
        // For a page from the internet that uses a machine of the shop's own network (Private Network Access, section
        // 3.2).
        if let asked = HTTPField.Name("Access-Control-Request-Private-Network"), request.headers[asked] == "true",
            let allowed = HTTPField.Name("Access-Control-Allow-Private-Network")
        {
            response.headers[allowed] = "true"
        }
        return response
    }

    /// Why a request of a page that is not allowed is refused; nil if there is no such page, or the request changes
    /// nothing.
    ///
    /// A browser sends some requests without asking first, and only stops the page from reading the answer. The gateway
    /// serves no pages to tills, so it has no origin of its own.
    func refusal(of request: Request) -> Response? {
        guard let origin = request.headers[.origin], !origins.contains(origin),
            ![.get, .head, .options].contains(request.method)
        else { return nil }
        return Self.refusal(of: origin)
    }

    /// Lets the page read the answer.
    func mark(_ response: inout Response, to request: Request) {
        guard !origins.isEmpty else { return }
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = request.headers[.origin], origins.contains(origin) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "Retry-After"
    }

    private static func refusal(of origin: String) -> Response {
        ProblemError(
            Problem(
                .forbidden, status: 403, title: "Not for this page",
                detail:
                    "the origin \"\(origin.prefix(80))\" is not among the gateway's intake.allowed_origins; they are matched letter for letter"
            )
        ).response
    }
}
