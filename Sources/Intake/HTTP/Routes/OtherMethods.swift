import GatewayAPI
import HTTPTypes
import Hummingbird

extension Router<GatewayRequestContext> {
    /// From RFC 9110, RFC 5789, and the one that is about to join them.
    private static var all: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
    }

    /// Answers every other method of a known path with 405, and lists the allowed ones. Call it after all routes are
    /// added.
    func refuseOtherMethods() {
        let known = Dictionary(grouping: routes, by: \.path.description).values
        for path in known {
            guard let first = path.first else { continue }
            let methods = path.map(\.method)
            let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
            for method in Self.all where !methods.contains(method) {
                on(first.path, method: method) { request, _ -> Response in
                    var response = ProblemError(
                        Problem(
                            .wrongMethod, status: 405, title: "Not with this method",
                            detail: "expected one of \(allowed) here, found \(request.method.rawValue)")
                    ).response
                    response.headers[.allow] = allowed
                    return request.method == .head ? response.createHeadResponse() : response
                }
            }
        }
    }
}
