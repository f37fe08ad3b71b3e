import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import PrintQueue
import Printing

/// `/v1/printers`: each printer's report, a test page, the drawer.
struct PrinterRoutes: Sendable {
    let printers: PrinterOperations
    let idempotent: IdempotentRequests

    func add(to group: RouterGroup<GatewayRequestContext>) {
        group.get(use: list)
        group.post(":name/test") { request, context in try await answer(request, .testPage, context) }
        group.post(":name/drawer") { request, context in
            try context.requireStaff("the drawer is opened without a sale")
            return try await answer(request, .openDrawer, context)
        }
    }

    @Sendable private func list(_: Request, _: GatewayRequestContext) async throws -> Response {
        let list = try await printers.list()
        return .json(PrinterList(list.map { PrinterResource($0) }).json)
    }

    private func answer(
        _ request: Request, _ asked: PrinterRequest, _ context: GatewayRequestContext
    ) async throws -> Response {
        let name = try context.parameter("name")
        return try await idempotent.answer(request, asking: [asked == .openDrawer ? "drawer" : "test", name]) {
            (.ok, PrinterResource(try await printers.perform(asked, on: name)).json)
        }
    }
}

extension PrinterResource {
    init(_ view: PrinterOperations.View) {
        self.init()
        name = view.condition.name
        device = view.condition.device
        dots = view.condition.widthInDots
        state = view.condition.state.rawValue
        detail = view.condition.detail
        since = view.condition.since
        queued = view.queued
        sensors = SensorsResource(view.condition.sensors)
    }
}

extension SensorsResource {
    init(_ sensors: [PrinterCondition.Sensor: Bool]) {
        self.init()
        online = sensors[.online]
        paperNearEnd = sensors[.paperNearEnd]
        paperEnd = sensors[.paperEnd]
        coverOpen = sensors[.coverOpen]
        cutterError = sensors[.cutterError]
        otherError = sensors[.otherError]
    }
}
