import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Printing

/// `/v1/printers`: what each printer says of itself, a test page, the drawer.
struct PrinterRoutes: Sendable {
    let printers: PrinterOperations

    func add(to group: RouterGroup<GatewayRequestContext>) {
        group.get(use: list)
        group.post(":name/test") { _, context in try await answer(.testPage, context) }
        group.post(":name/drawer") { _, context in try await answer(.openDrawer, context) }
    }

    @Sendable private func list(_: Request, _: GatewayRequestContext) async throws -> Response {
        let list = try await printers.list()
        return .json(.object(["printers": .array(list.map { PrinterResource($0).json })]))
    }

    private func answer(_ request: PrinterRequest, _ context: GatewayRequestContext) async throws -> Response {
        let entry = try await printers.perform(request, on: try context.parameter("name"))
        return .json(PrinterResource(entry).json)
    }
}

extension PrinterResource {
    init(_ view: PrinterOperations.View) {
        self.init(
            name: view.entry.name, device: view.entry.device, dots: view.entry.widthInDots,
            state: view.entry.state.rawValue, detail: view.entry.detail, since: view.entry.since, queued: view.queued,
            sensors: SensorsResource(view.entry))
    }
}

extension SensorsResource {
    init(_ entry: PrinterBoard.Entry) {
        let status = entry.sensors
        self.init(
            online: status?[.online], paperNearEnd: status?[.paperNearEnd], paperEnd: status?[.paperEnd],
            coverOpen: status?[.cover], cutterError: status?[.cutter], otherError: status?[.error])
    }
}
