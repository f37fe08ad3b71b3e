import Testing

@testable import ObjectStore

@Suite struct BucketTests {
    private func url(
        _ endpoint: String, bucket: String = "papers", _ addressing: Bucket.Addressing = .path
    ) throws -> String {
        let bucket = try Bucket(endpoint: endpoint, region: "us-east-1", name: bucket, addressing: addressing)
        return bucket.url(bucket.path(of: try #require(ObjectKey("a b.pdf"))))
    }

    @Test(
        "an object's address is the endpoint's, the bucket's and its own",
        arguments: [
            ("https://s3.example.com", "https://s3.example.com/papers/a%20b.pdf"),
            ("https://s3.example.com/", "https://s3.example.com/papers/a%20b.pdf"),
            ("https://S3.Example.com:443", "https://s3.example.com/papers/a%20b.pdf"),
            ("https://s3.example.com:9000", "https://s3.example.com:9000/papers/a%20b.pdf"),
            ("https://example.com/storage/v1/s3/", "https://example.com/storage/v1/s3/papers/a%20b.pdf"),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/papers/a%20b.pdf"),
            ("http://localhost", "http://localhost/papers/a%20b.pdf"),
            ("http://[::1]:9000", "http://[::1]:9000/papers/a%20b.pdf"),
        ])
    func addresses(endpoint: String, expected: String) throws {
        #expect(try url(endpoint) == expected)
    }

    @Test("where the host names the bucket, the path does not")
    func hostStyle() throws {
        #expect(try url("https://s3.example.com:9000", .host) == "https://papers.s3.example.com:9000/a%20b.pdf")
    }

    @Test(
        "an endpoint that would send the shop's papers in the clear, or is none, is refused without being quoted",
        arguments: [
            "http://s3.example.com", "http://127.evil.example", "http://10.0.0.1", "ftp://s3.example.com",
            "s3.example.com", "https://", "https://user:word@s3.example.com", "https://s3.example.com?a=b",
            "https://s3.example.com#a", "https://s3.example.com/a%2Fb", "https://s3.example.com/a//b", "",
            "https://s3.example.com/a/../b", "https://s3.example.com/./b",
            "https://s3.example.com:99999", "https://ร้าน.example/",
        ])
    func endpoints(endpoint: String) {
        let error = #expect(throws: ObjectStoreError.self) { try url(endpoint) }
        #expect(error?.meaning == .misconfigured && error?.code == "Gateway::Unusable")
        #expect(error?.message.hasPrefix("endpoint: expected https://") == true)
        if endpoint.contains("example") { #expect(error?.message.contains(endpoint) == false) }
    }

    @Test(
        "a bucket's name is plain, and a label of a host where it stands there",
        arguments: [
            ("papers-1", true, true), ("papers.shop", true, false), ("Papers_1", true, false),
            ("-papers", true, false), ("ab", false, false), ("a/b", false, false), ("..a", false, false),
            ("กระดาษ", false, false), (String(repeating: "a", count: 64), false, false),
        ])
    func names(name: String, inPath: Bool, inHost: Bool) {
        #expect(((try? url("https://s3.example.com", bucket: name)) != nil) == inPath)
        #expect(((try? url("https://s3.example.com", bucket: name, .host)) != nil) == inHost)
    }

    @Test("a host that is an address cannot name a bucket, and a region is plain")
    func others() {
        #expect(throws: ObjectStoreError.self) { try url("http://127.0.0.1:9000", .host) }
        #expect(throws: ObjectStoreError.self) {
            try Bucket(endpoint: "https://s3.example.com", region: "us/east", name: "papers")
        }
    }
}
