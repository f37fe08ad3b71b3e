import Crypto
public import Foundation
public import OCRInvoice
public import RemoteServices

/// Keeps which documents can be fetched at the door, and by which tokens. Of a token only its SHA-256 is kept.
public protocol DoorBook: Sendable {
    /// - Parameters:
    ///   - digest: of the document.
    ///   - token: SHA-256 of the token's text.
    func open(_ digest: String, token: [UInt8], until end: Date) async throws
    func close(_ digest: String) async throws
}

/// Publishes documents at the gateway's own door, for shops whose gateway can be reached from outside.
public struct DoorPublisher: DocumentPublishing {
    public static let path = "/d/"

    public let life: Duration
    private let base: String
    /// Nobody who has the database alone can make tokens of names.
    private let secret: SymmetricKey
    private let book: any DoorBook

    /// - Parameters:
    ///   - base: where the door can be reached from outside: `https://door.shop.example`.
    ///   - secret: what tokens are made with.
    public init(base: String, secret: String, life: Duration, book: any DoorBook) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.secret = SymmetricKey(data: Data(secret.utf8))
        self.life = life
        self.book = book
    }

    /// What is kept of a token; nil for what can be none.
    public static func digest(of token: String) -> [UInt8]? {
        PublicationName(token) == nil ? nil : Array(SHA256.hash(data: Data(token.utf8)))
    }

    public func publish(_ document: PublishedDocument, as name: PublicationName, until end: Date) async
        -> ServiceFailure?
    {
        guard let digest = Self.digest(of: token(of: name)) else { return nil }
        do {
            try await book.open(document.name.digest, token: digest, until: end)
            return nil
        } catch {
            return Self.failure(error)
        }
    }

    public func link(to name: PublicationName, of _: OCRDocumentType, for _: Duration) -> DocumentLink? {
        DocumentLink(base + Self.path + token(of: name))
    }

    public func withdraw(_: PublicationName, of document: PublishedDocument.Name) async -> ServiceFailure? {
        do {
            try await book.close(document.digest)
            return nil
        } catch {
            return Self.failure(error)
        }
    }

    /// Whether it can be reached from outside, nobody inside can tell.
    public func probe() async -> ServiceFailure? { nil }
    public func probeReveals(_: String) -> Bool { false }
    public func advice(for _: String) -> String? { nil }
    public func shutdown() async throws {}

    private func token(of name: PublicationName) -> String {
        HMAC<SHA256>.authenticationCode(for: Data("kamkap-door:\(name.text)".utf8), using: secret)
            .map { String(format: "%02x", $0) }.joined()
    }

    private static func failure(_ error: any Error) -> ServiceFailure {
        ServiceFailure(
            code: "Gateway::DoorUnusable", message: "the document could not be given out: \(error)",
            disposition: .retry,
            retryAfter: .seconds(30), isOwn: true)
    }
}
