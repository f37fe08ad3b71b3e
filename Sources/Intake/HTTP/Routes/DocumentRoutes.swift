import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import Journey
import NIOCore
import Outbox
import Sales

/// `/v1/sales/{id}/documents`: what the provider has made of a sale, and the files.
struct DocumentRoutes: Sendable {
    /// In place of a document's id.
    private static let latest = "latest"

    let documents: DocumentOperations
    let idempotent: IdempotentRequests

    func add(to sales: RouterGroup<GatewayRequestContext>) {
        sales.get(":id/documents", use: list)
        sales.get(":id/documents/{document}.pdf") { _, context in try await file(.pdf, context) }
        sales.get(":id/documents/{document}.xml") { _, context in try await file(.xml, context) }
        sales.post(":id/documents/:document/print", use: print)
        sales.delete(":id/documents/:document/print", use: cancelPrint)
    }

    @Sendable private func list(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        let found = try await documents.documents(of: id)
        let prints = try await documents.prints(of: id)
        return .json(
            DocumentList(
                found.map { DocumentResource($0.document, archived: $0.isArchived) },
                prints: prints.map { DocumentPrintResource($0) }
            ).json)
    }

    @Sendable private func print(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        let choice = try choice(context)
        let operation = ["print document", id.text, try context.parameter("document")]
        return try await idempotent.answer(request, asking: operation) {
            (.accepted, DocumentPrintResource(try await documents.print(choice, of: id)).json)
        }
    }

    @Sendable private func cancelPrint(_: Request, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        return .json(DocumentPrintResource(try await documents.cancelPrint(try choice(context), of: id)).json)
    }

    /// It names the buyer: nothing on the way may keep it.
    private func file(_ form: DocumentForm, _ context: GatewayRequestContext) async throws -> Response {
        let id = try context.transactionID()
        let choice = try choice(context)
        let bytes = try await documents.file(form, choice, of: id)
        return Response(
            status: .ok, headers: [.contentType: form.mediaType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// An impossible id counts as not found.
    private func choice(_ context: GatewayRequestContext) throws -> DocumentOperations.Choice {
        let text = try context.parameter("document")
        if text == Self.latest { return .latest }
        guard let id = DocumentID(text) else {
            throw ProblemError(Problem.notFound("there is no document of this id; an id has \(DocumentID.rule)"))
        }
        return .document(id)
    }
}

extension DocumentPrintResource {
    init(_ print: DocumentPrint) {
        self.init()
        id = print.id
        documentID = print.document.text
        printer = print.printer
        state = print.machine.state.rawValue
        confirmedBy = print.machine.confirmedBy?.rawValue
        requestedAt = print.requestedAt
        finishedAt = print.machine.finishedAt
        error = print.machine.error
    }
}
