public import Foundation
public import OCRInvoice
public import RemoteServices

/// Publishes a document so that the service can fetch it, and takes it back. All of it can be repeated.
public protocol DocumentPublishing: Sendable {
    /// How long a link works.
    var life: Duration { get }

    /// - Returns: why it was not published; nil if it is.
    func publish(_ document: PublishedDocument, as name: PublicationName, until end: Date) async -> ServiceFailure?
    /// - Parameter life: until its end.
    func link(to name: PublicationName, of type: OCRDocumentType, for life: Duration) -> DocumentLink?
    /// - Returns: why it was not taken back; nil if it is, or was not there.
    func withdraw(_ name: PublicationName, of document: PublishedDocument.Name) async -> ServiceFailure?
    /// Asks whether documents can be published now; nil if they can.
    func probe() async -> ServiceFailure?
    /// Whether ``probe()`` shows that what was refused with this code is well again.
    func probeReveals(_ code: String) -> Bool
    /// What staff do about a refusal with this code; nil if it is none of this publisher's.
    func advice(for code: String) -> String?
    func shutdown() async throws
}

/// A document that is published.
public struct PublishedDocument: Sendable {
    /// What it is known by.
    public struct Name: Sendable, Hashable {
        /// SHA-256, as 64 hexadecimal digits.
        public let digest: String
        public let type: OCRDocumentType

        public init(digest: String, type: OCRDocumentType) {
            self.digest = digest
            self.type = type
        }
    }

    public let name: Name
    public let bytes: [UInt8]

    public init(_ name: Name, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
