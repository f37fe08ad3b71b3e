import Gateway
import HTTPTypes
import Hummingbird
import NIOCore

/// `/v1/sales/{id}/receipt.…`: what would be printed now.
struct PaperRoutes: Sendable {
    let preview: PaperPreview

    func add(to sales: RouterGroup<GatewayRequestContext>) {
        sales.get(":id/receipt.png") { _, context in
            try await answer(context, "image/png") { try await $0.png() }
        }
        sales.get(":id/receipt.pdf") { _, context in
            try await answer(context, "application/pdf") { try await $0.pdf() }
        }
        sales.get(":id/receipt.escpos") { _, context in
            try await answer(context, "application/octet-stream") { try await $0.escpos() }
        }
    }

    /// It has a link: nothing on the way may keep it.
    private func answer(
        _ context: GatewayRequestContext, _ type: String, _ form: (PreviewedPaper) async throws -> [UInt8]
    ) async throws -> Response {
        let paper = try await preview.paper(of: try context.transactionID())
        // Drawing takes milliseconds: not on the loop that serves other tills.
        let bytes = try await withTaskExecutorPreference(globalConcurrentExecutor) { try await form(paper) }
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
