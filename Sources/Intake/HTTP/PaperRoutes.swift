import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Raster

/// `/v1/sales/{id}/receipt.…`: what would be printed now.
struct PaperRoutes: Sendable {
    let preview: PaperPreview

    func add(to sales: RouterGroup<TillRequestContext>) {
        sales.get(":id/receipt.png", use: png)
    }

    @Sendable private func png(_: Request, _ context: TillRequestContext) async throws -> Response {
        let paper = try await preview.paper(of: try context.transactionID())
        return Response(
            status: .ok, headers: [.contentType: "image/png", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try paper.png())))
    }
}
