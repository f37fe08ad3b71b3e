import GatewayAPI
import HTTPTypes
import Hummingbird

/// Which web pages may ask by way of a browser (Fetch Standard, section 3.3, "CORS protocol").
public struct AllowedOrigins: Sendable {
    /// Seconds for which a browser need not ask again: short, so that a change of the list is felt soon.
    private static let memory = 600
    /// Every method and header that the API knows.
    private static let methods = "GET, HEAD, POST, PUT, DELETE"
    private static let headers = "authorization, content-type, idempotency-key"

    private let origins: Set<String>

    /// - Parameter origins: as browsers send them; each is matched as it stands.
    public init(_ origins: [String] = []) {
        self.origins = Set(origins)
    }

    /// What a browser asks before the request itself, and without its token; nil for any other request.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            let origin = request.headers[.origin]
        else { return nil }
        guard origins.contains(origin) else { return Self.refusal(of: origin) }
        var response = Response(status: .noContent)
        response.headers[.accessControlAllowMethods] = Self.methods
        response.headers[.accessControlAllowHeaders] = Self.headers
        response.headers[.accessControlMaxAge] = "\(Self.memory)"
        // A page of the internet that asks a machine of the shop's own network (Private Network Access, section 3.2).
        if let asked = HTTPField.Name("Access-Control-Request-Private-Network"), request.headers[asked] == "true",
            let allowed = HTTPField.Name("Access-Control-Allow-Private-Network")
        {
            response.headers[allowed] = "true"
        }
        return response
    }

    /// Why a request of a page that is not let in is not done; nil where it is none, or does nothing.
    ///
    /// A browser sends some requests without asking first, and shows the page only that it may not read the answer. Nobody
    /// has a page at the tills' door, so there is no origin of the gateway's own.
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
