import Foundation
import RemoteServices
import SupplierInvoices
import Synchronization
import Testing

@testable import OCRInvoice

@Suite struct DoorPublisherTests {
    private final class Book: DoorBook {
        struct Full: Error {}
        struct Entry: Equatable {
            var token: [UInt8]
            var end: Date
        }
        let entries = Mutex<[String: Entry]>([:])
        let isFull = Mutex(false)

        func open(_ digest: String, token: [UInt8], until end: Date) async throws {
            if isFull.withLock(\.self) { throw Full() }
            entries.withLock { $0[digest] = Entry(token: token, end: end) }
        }
        func close(_ digest: String) async throws {
            if isFull.withLock(\.self) { throw Full() }
            entries.withLock { $0[digest] = nil }
        }
    }

    private let book = Book()
    private let digest = String(repeating: "ab", count: 32)
    private var document: PublishedDocument.Name { .init(digest: digest, type: .pdf) }

    private func publisher(_ secret: String = "key", base: String = "https://door.example/") -> DoorPublisher {
        DoorPublisher(base: base, secret: secret, life: .seconds(3600), book: book)
    }

    /// A link shows nothing of itself, but it is what a service is sent.
    private func token(_ door: DoorPublisher, _ name: PublicationName) throws -> String {
        let link = try #require(door.link(to: name, of: .pdf, for: .seconds(60)))
        #expect(link.text.hasPrefix("https://door.example/d/"))
        return String(link.text.dropFirst("https://door.example/d/".count))
    }

    @Test("the token in the link is the one whose digest is kept, and nothing else of it is") func token() async throws
    {
        let (door, name, end) = (publisher(), PublicationName.random(), Date(timeIntervalSince1970: 9))
        #expect(await door.publish(PublishedDocument(document, bytes: [1]), as: name, until: end) == nil)
        let token = try token(door, name)
        #expect(PublicationName(token) != nil)
        let entry = try #require(book.entries.withLock { $0[digest] })
        #expect(entry.token == DoorPublisher.digest(of: token) && entry.end == end)
        #expect(entry.token.count == 32 && !token.contains(name.text) && name.text != token)
    }

    @Test("a token is the same at each attempt, and another for each name and key") func tokens() throws {
        let (one, two) = (PublicationName.random(), PublicationName.random())
        #expect(try token(publisher(), one) == token(publisher(base: "https://door.example"), one))
        #expect(try token(publisher(), one) != token(publisher(), two))
        #expect(try token(publisher(), one) != token(publisher("other"), one))
    }

    @Test(
        "what can be no token has no digest", arguments: ["", "a", "../etc/passwd", String(repeating: "G", count: 64)])
    func noToken(text: String) {
        #expect(DoorPublisher.digest(of: text) == nil)
    }

    @Test("a document that is taken back, once or twice, is gone") func withdrawn() async throws {
        let (door, name) = (publisher(), PublicationName.random())
        #expect(await door.publish(PublishedDocument(document, bytes: [1]), as: name, until: .now) == nil)
        #expect(await door.withdraw(name, of: document) == nil)
        #expect(await door.withdraw(name, of: document) == nil)
        #expect(book.entries.withLock { $0.isEmpty })
    }

    @Test("a book that cannot be written is tried again, and never refuses the document") func fails() async throws {
        book.isFull.withLock { $0 = true }
        let (door, name) = (publisher(), PublicationName.random())
        let published = await door.publish(PublishedDocument(document, bytes: [1]), as: name, until: .now)
        #expect(published?.disposition == .retry)
        #expect(await door.withdraw(name, of: document)?.disposition == .retry)
    }
}
