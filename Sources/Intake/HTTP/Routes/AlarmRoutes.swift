import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import Monitoring

/// `/v1/alarms`: acknowledges an alarm.
struct AlarmRoutes: Sendable {
    let status: StatusReporter
    let body: RequestBody

    func add(to router: Router<GatewayRequestContext>) {
        router.post("v1/alarms/:code/acknowledge", use: acknowledge)
    }

    @Sendable private func acknowledge(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try context.requireStaff("an alarm is acknowledged")
        let name = try context.parameter("code")
        let asked = try AcknowledgeRequest(try await body.optionalJSON(of: request, over: context.channel))
        guard let code = Alarm.Code(rawValue: name) else {
            let codes = Alarm.Code.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProblemError(
                Problem.notFound("there is no alarm of the code \"\(name.prefix(40))\"; there are: \(codes)"))
        }
        try await status.acknowledge(code, of: asked.printer)
        return .json(StatusResource(await status.status(), at: .now).json)
    }
}

/// `{"printer":"front"}`, or null for every printer.
struct AcknowledgeRequest {
    let printer: String?

    init(_ body: [UInt8]?) throws {
        var reader = try StaffRequest(body, known: ["printer"])
        printer = reader.string("printer")
        try reader.finish()
    }
}
