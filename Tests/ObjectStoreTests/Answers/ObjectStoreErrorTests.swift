import NIOHTTP1
import Testing

@testable import HTTPCalls
@testable import ObjectStore

@Suite struct ObjectStoreErrorTests {
    private func failure(
        _ status: Int, _ body: String = "", headers: HTTPHeaders = [:], to call: StoreCall = .put
    ) -> ObjectStoreError? {
        ObjectStoreError(
            HTTPAnswer(status: status, headers: headers, body: Array(body.utf8)), to: call, table: "table")
    }

    private func xml(_ code: String, _ more: String = "") -> String {
        "<?xml version=\"1.0\"?>\n<Error><Code>\(code)</Code><Message>The secret is in here</Message>\(more)</Error>"
    }

    @Test(
        "what a store answers says what follows from it",
        arguments: [
            (503, "SlowDown", ObjectStoreError.Meaning.retry, true), (500, "InternalError", .retry, true),
            (503, "ServiceUnavailable", .retry, true), (400, "RequestTimeout", .retry, false),
            (400, "BadDigest", .retry, false), (400, "XAmzContentSHA256Mismatch", .retry, false),
            (403, "AccessDenied", .misconfigured, false), (403, "InvalidAccessKeyId", .misconfigured, false),
            (403, "SignatureDoesNotMatch", .misconfigured, false), (404, "NoSuchBucket", .misconfigured, false),
            (301, "PermanentRedirect", .misconfigured, false), (307, "TemporaryRedirect", .retry, false),
            (400, "AuthorizationHeaderMalformed", .misconfigured, false), (400, "EntityTooLarge", .refused, false),
            (400, "InvalidArgument", .misconfigured, false), (400, "InvalidRequest", .misconfigured, false),
            (403, "RequestTimeTooSkewed", .clock, false),
            (507, "XMinioStorageFull", .retry, true),
        ])
    func codes(status: Int, code: String, meaning: ObjectStoreError.Meaning, mayHaveActed: Bool) throws {
        let error = try #require(failure(status, xml(code)))
        #expect(error.code == "ObjectStore::\(code)" && error.meaning == meaning)
        #expect(error.mayHaveActed == mayHaveActed)
        #expect(error.message.hasPrefix("The object store answered \(status) \(code): "))
        #expect(!error.message.contains("secret is in here"))
    }

    @Test("every known code has a meaning and words of its own", arguments: StoreCode.allCases)
    func table(code: StoreCode) {
        #expect(!code.advice(table: "table", region: nil).isEmpty)
        #expect(StoreRefusal(Array(xml(code.rawValue).utf8))?.code == code)
    }

    @Test("the region that a store names stands in the message, and nothing else that it puts there")
    func region() throws {
        let told = try #require(
            failure(400, xml("AuthorizationHeaderMalformed", "<Region>ap-southeast-7</Region>")))
        #expect(
            told.message.hasSuffix("check table.region and table.endpoint; the store names the region ap-southeast-7"))
        for other in ["wJalrXUtnFEMI/K7MDENG", "AKIAIOSFODNN7EXAMPLE", "a b-c", String(repeating: "a-", count: 20), ""]
        {
            let error = try #require(
                failure(400, xml("AuthorizationHeaderMalformed", "<Region>\(other)</Region>")))
            #expect(error.message.hasSuffix("check table.region and table.endpoint"))
        }
    }

    @Test(
        "an answer that is not in the store's own words proves nothing, and is not quoted",
        arguments: [403, 404, 401, 302, 407, 502, 503, 429, 400])
    func unexplained(status: Int) throws {
        let unknown = [401, 403].contains(status) ? "" : xml("X-Amz-Signature=abc")
        for body in ["", "<html>X-Amz-Signature=abc</html>", unknown, "\u{0}", "<Error><Code>"] {
            let error = try #require(failure(status, body, headers: ["Retry-After": "7"]))
            #expect(error.code == "HTTP::\(status)" && error.meaning == .retry)
            #expect(error.mayHaveActed == (status >= 500) && error.retryAfter == .seconds(7))
            #expect(!"\(error)".contains("X-Amz"))
        }
    }

    @Test("a refusal of the key under an unknown code is staff's, and not quoted", arguments: [401, 403])
    func unknownCode(status: Int) throws {
        let error = try #require(failure(status, xml("X-Amz-Signature=abc")))
        #expect((error.code, error.meaning) == ("ObjectStore::Refused", .misconfigured))
        #expect(!"\(error)".contains("X-Amz"))
    }

    @Test("a code is read with spaces around it, and with a prefix of its namespace")
    func spelling() {
        for body in [
            "<Error><Code>\n AccessDenied </Code></Error>",
            #"<s3:Error xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"><s3:Code>AccessDenied</s3:Code></s3:Error>"#,
        ] { #expect(failure(403, body)?.code == "ObjectStore::AccessDenied") }
    }

    @Test("only an answer with an ETag says that an object is kept")
    func kept() {
        #expect(failure(200, headers: ["ETag": "\"a\""]) == nil)
        #expect(failure(204, headers: ["etag": "\"a\""]) == nil)
        #expect(failure(200)?.code == "Gateway::Unintelligible" && failure(200)?.mayHaveActed == true)
        #expect(failure(200, "<html>")?.code == "Gateway::Unintelligible")
        #expect(failure(404, xml("NoSuchKey")) != nil)
    }

    @Test("an object that is not there is removed, and one in a bucket that is not there may be elsewhere")
    func removed() {
        for status in [200, 202, 204] { #expect(failure(status, to: .delete) == nil) }
        #expect(failure(404, to: .delete)?.meaning == .retry)
        #expect(failure(404, headers: ["x-amz-request-id": "1"], to: .delete) == nil)
        #expect(failure(404, xml("NoSuchKey"), to: .delete) == nil)
        #expect(failure(404, xml("NoSuchBucket"), to: .delete)?.meaning == .misconfigured)
        #expect(failure(404, "<html>", to: .delete)?.meaning == .retry)
        #expect(failure(200, "<html>", to: .delete)?.code == "Gateway::Unintelligible")
        #expect(failure(403, to: .delete)?.meaning == .retry)
    }
}
