import Foundation
import Testing

@testable import ObjectStore

@Suite struct SecrecyTests {
    private static let (id, secret) = ("AKIDOFTHESHOP", "the/secret+of-the-shop")

    private func spellings(of value: Any) -> String {
        var dumped = ""
        // A client's connections have no end of parts, and change while they are looked at.
        if !(value is ObjectStoreClient) { dump(value, to: &dumped) }
        return "\(value) \(String(reflecting: value)) \(dumped)"
    }

    @Test("neither a key nor a link shows in any description of what holds it")
    func descriptions() async throws {
        let key = try #require(AccessKey(id: Self.id, secret: Self.secret))
        let bucket = try Bucket(endpoint: "http://127.0.0.1:9", region: "us-east-1", name: "papers")
        let client = ObjectStoreClient(
            bucket: bucket, key: key, clock: .system,
            options: ObjectStoreCallOptions(table: "t", timeout: .seconds(1), uploadTimeout: .seconds(1)))
        let link = client.presignedGet(try #require(ObjectKey("a.pdf")), life: .seconds(60))
        #expect(link.text.contains("X-Amz-Signature="))
        let signature = try #require(link.text.split(separator: "=").last)
        let signer = RequestSigner(key: key, region: "us-east-1")
        for value: Any in [key, link, client, signer, [link], Optional(key) as Any] {
            let text = spellings(of: value)
            #expect(!text.contains(Self.id) && !text.contains(Self.secret), "\(text)")
            #expect(!text.contains(signature) && !text.contains("X-Amz-"), "\(text)")
        }
        try await client.shutdown()
    }

    @Test(
        "a key with what would end its header or its part of the credential is refused",
        arguments: [
            ("", "s"), ("k", ""), ("a/b", "s"), ("a,b", "s"), ("a=b", "s"), ("a b", "s"), ("k", "s\n"), ("ก", "s"),
        ])
    func keys(id: String, secret: String) {
        #expect(AccessKey(id: id, secret: secret) == nil)
    }
}
