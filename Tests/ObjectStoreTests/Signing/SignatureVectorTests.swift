import Foundation
import Testing

@testable import ObjectStore

/// Amazon's published examples: "Examples: Signature Calculations in AWS Signature Version 4" and "Authenticating Requests: Using
/// Query Parameters" of the S3 API Reference, and the test suite of the general protocol.
@Suite struct SignatureVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        var method = "GET"
        var path = "/"
        var query: [[String]] = []
        var headers: [String: String] = [:]
        var body = ""
        let signature: String

        var testDescription: String { name }

        func request(_ own: [String: String]) -> CanonicalRequest {
            CanonicalRequest(
                method: method, path: path, query: query.map { ($0[0], $0[1]) },
                headers: headers.merging(own) { _, own in own }, payload: RequestSigner.digest(Data(body.utf8)))
        }
    }

    private static func time(_ seconds: Double) -> SigningTime { SigningTime(Date(timeIntervalSince1970: seconds)) }

    private static func key(_ id: String, _ secret: String) throws -> AccessKey {
        try #require(AccessKey(id: id, secret: secret))
    }

    // MARK: S3

    private static let bucketHost = "examplebucket.s3.amazonaws.com"
    /// 2013-05-24T00:00:00Z
    private static let exampleTime = time(1_369_353_600)

    private static func exampleSigner() throws -> RequestSigner {
        RequestSigner(
            key: try key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), region: "us-east-1")
    }

    static let examples = [
        Vector(
            name: "GET object", path: "/test.txt", headers: ["Range": "bytes=0-9"],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Vector(
            name: "PUT object", method: "PUT", path: "/test%24file.text",
            headers: ["Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            body: "Welcome to Amazon S3.",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Vector(
            name: "GET bucket lifecycle", query: [["lifecycle", ""]],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Vector(
            name: "list objects", query: [["prefix", "J"], ["max-keys", "2"]],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ]

    @Test("the examples of S3's reference come out as they are printed there", arguments: examples)
    func s3(vector: Vector) throws {
        let body = RequestSigner.digest(Data(vector.body.utf8))
        let request = vector.request([
            "Host": Self.bucketHost, "x-amz-content-sha256": body, "x-amz-date": Self.exampleTime.text,
        ])
        let signer = try Self.exampleSigner()
        #expect(signer.signature(of: request, at: Self.exampleTime) == vector.signature)
        let authorization = signer.authorization(of: request, at: Self.exampleTime)
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders="))
        #expect(authorization.hasSuffix(", Signature=\(vector.signature)"))
    }

    @Test("the presigned example of S3's reference comes out as it is printed there, letter by letter")
    func presigned() throws {
        let request = CanonicalRequest(
            method: "GET", path: "/test.txt", headers: ["host": Self.bucketHost],
            payload: CanonicalRequest.unsignedPayload)
        let query = try Self.exampleSigner().presignedQuery(of: request, at: Self.exampleTime, for: 86_400)
        #expect(
            query == """
                X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
                &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
                """)
    }

    // MARK: The suite

    static let suite = [
        Vector(
            name: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Vector(
            name: "get-vanilla-query-order-key-case", query: [["Param2", "value2"], ["Param1", "value1"]],
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Vector(
            name: "get-vanilla-query-order-value", query: [["Param1", "value2"], ["Param1", "Value1"]],
            signature: "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1"),
        Vector(
            name: "get-vanilla-utf8-query", query: [["ሴ", "bar"]],
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        Vector(
            name: "get-unreserved",
            path: URIEncoding.encodePath("/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Vector(
            name: "get-utf8", path: URIEncoding.encodePath("/ሴ"),
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        Vector(
            name: "get-space", path: URIEncoding.encodePath("/example space/"),
            signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        Vector(
            name: "get-header-value-trim", headers: ["My-Header1": " value1 ", "My-Header2": "\"a   b   c\""],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Vector(
            name: "post-vanilla", method: "POST",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Vector(
            name: "post-header-key-sort", method: "POST", headers: ["My-Header1": "value1"],
            signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"),
        Vector(
            name: "post-header-value-case", method: "POST", headers: ["My-Header1": "VALUE1"],
            signature: "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"),
        Vector(
            name: "post-x-www-form-urlencoded", method: "POST",
            headers: ["Content-Type": "application/x-www-form-urlencoded"], body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
    ]

    @Test("the test suite of the protocol comes out as it is published", arguments: suite)
    func protocolSuite(vector: Vector) throws {
        // 2015-08-30T12:36:00Z
        let time = Self.time(1_440_938_160)
        let request = vector.request(["Host": "example.amazonaws.com", "X-Amz-Date": time.text])
        let signer = RequestSigner(
            key: try Self.key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), region: "us-east-1",
            service: "service")
        #expect(time.text == "20150830T123600Z")
        #expect(signer.signature(of: request, at: time) == vector.signature)
    }

    @Test("a time is written in whole seconds, rounded down")
    func rounding() {
        #expect(Self.time(1_369_353_600.999).text == "20130524T000000Z")
        #expect(Self.time(1_369_353_599.999).text == "20130523T235959Z")
        #expect(Self.time(1_369_353_599.999).day == "20130523")
    }
}
