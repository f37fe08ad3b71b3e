import Foundation
import HTTPCalls
import NIOHTTP1
import Testing

@testable import ObjectStore

/// A call that is signed as ours are, with one thing changed after that.
struct SignedCall {
    enum Change: String, CaseIterable, Sendable {
        case byteOfTheBody, lengthOfTheBody, contentType, key, host, method, signature, date
        case addedHeader
    }

    /// What is wrong with the call before it is signed.
    enum Fault: String, CaseIterable, Sendable {
        case secret, keyID, region, service, late, early, digest
    }

    private let store: TestStore
    private var method = HTTPMethod.PUT
    private var url: String
    private var headers: HTTPHeaders
    private var body: [UInt8]

    init(
        put body: [UInt8], _ key: ObjectKey, to store: TestStore, fault: Fault? = nil
    ) throws {
        let bucket = try Bucket(
            endpoint: store.endpoint, region: fault == .region ? "eu-west-9" : store.region, name: store.bucketName)
        let access = try #require(
            AccessKey(
                id: fault == .keyID ? "nobody:here" : store.keyID, secret: fault == .secret ? "other" : store.secret))
        // A minute beyond what is allowed.
        let shift: Double = fault == .late ? -960 : fault == .early ? 960 : 0
        let time = SigningTime(Date().addingTimeInterval(shift))
        let digest = RequestSigner.digest(fault == .digest ? body + [0] : body)
        let signed = [
            "host": bucket.authority, "content-type": "application/pdf", "x-amz-content-sha256": digest,
            "x-amz-date": time.text,
        ]
        let request = CanonicalRequest(method: "PUT", path: bucket.path(of: key), headers: signed, payload: digest)
        let signer = RequestSigner(key: access, region: bucket.region, service: fault == .service ? "s4" : "s3")
        self.store = store
        self.body = body
        url = bucket.url(request.path)
        headers = HTTPHeaders(signed.map { ($0.key, $0.value) })
        headers.add(name: "Authorization", value: signer.authorization(of: request, at: time))
    }

    mutating func change(_ change: Change) throws {
        switch change {
        case .byteOfTheBody: body[body.count / 2] ^= 1
        case .lengthOfTheBody: body.append(0)
        case .contentType: headers.replaceOrAdd(name: "content-type", value: "text/html")
        case .key: url += "x"
        case .host: headers.replaceOrAdd(name: "host", value: "store.example.com")
        case .method: method = .DELETE
        case .signature:
            let text = try #require(headers.first(name: "Authorization"))
            headers.replaceOrAdd(
                name: "Authorization", value: String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0"))
        case .date:
            let time = try #require(headers.first(name: "x-amz-date"))
            let last = time.dropLast().last == "0" ? "1" : "0"
            headers.replaceOrAdd(name: "x-amz-date", value: "\(time.dropLast(2))\(last)Z")
        case .addedHeader: headers.add(name: "x-amz-meta-owner", value: "somebody")
        }
    }

    func send() async throws -> HTTPAnswer {
        try await store.call(method, url, headers: headers, body: method == .DELETE ? nil : body)
    }
}
