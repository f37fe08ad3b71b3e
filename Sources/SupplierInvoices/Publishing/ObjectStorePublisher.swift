public import Foundation
public import OCRInvoice
public import ObjectStore
public import RemoteServices

/// Publishes documents as objects of a bucket, under links that are signed and expire. Only calls that go out are needed.
public struct ObjectStorePublisher: DocumentPublishing {
    public let life: Duration
    private let client: ObjectStoreClient

    public init(client: ObjectStoreClient, life: Duration) {
        self.client = client
        self.life = life
    }

    public func publish(_ document: PublishedDocument, as name: PublicationName, until _: Date) async -> ServiceFailure?
    {
        guard let key = Self.key(of: name, document.name.type) else { return Self.unusableKey }
        do {
            try await client.put(document.bytes, key: key, contentType: document.name.type.mediaType)
            return nil
        } catch {
            return Self.failure(error)
        }
    }

    public func link(to name: PublicationName, of type: OCRDocumentType, for life: Duration) -> DocumentLink? {
        Self.key(of: name, type).flatMap { DocumentLink(client.presignedGet($0, life: life).text) }
    }

    public func withdraw(_ name: PublicationName, of document: PublishedDocument.Name) async -> ServiceFailure? {
        guard let key = Self.key(of: name, document.type) else { return nil }
        do {
            try await client.delete(key)
            return nil
        } catch {
            return Self.failure(error)
        }
    }

    public func probe() async -> ServiceFailure? {
        do {
            try await client.probe()
            return nil
        } catch {
            return Self.failure(error)
        }
    }

    /// It keeps, reads and removes an object, which is all that is done beside.
    public func probeReveals(_ code: String) -> Bool { Self.isOwn(code) }

    public func advice(for code: String) -> String? {
        Self.isOwn(code)
            ? "Look at the bucket, its key and the rights of the key: [supplier_invoices.object_store]" : nil
    }

    public func shutdown() async throws { try await client.shutdown() }

    private static let prefix = "ObjectStore::"

    /// A code that a store and the service may both have is told apart by this beginning.
    private static func isOwn(_ code: String) -> Bool { code.hasPrefix(prefix) }

    private static func failure(_ error: ObjectStoreError) -> ServiceFailure {
        let code =
            isOwn(error.code) ? error.code : prefix + (error.code.components(separatedBy: "::").last ?? error.code)
        let disposition: ServiceFailure.Disposition =
            switch error.meaning {
            case .retry: .noAnswer(isServiceWide: true)
            case .refused: .reject
            case .misconfigured, .clock: .holdAccount
            }
        return ServiceFailure(
            code: code, message: error.message, disposition: disposition, retryAfter: error.retryAfter)
    }

    private static func key(of name: PublicationName, _ type: OCRDocumentType) -> ObjectKey? {
        ObjectKey("\(name.text).\(type.rawValue)")
    }

    private static let unusableKey = ServiceFailure(
        code: "ObjectStore::InvalidKey", message: "the document cannot have this name in a bucket", disposition: .reject
    )
}
