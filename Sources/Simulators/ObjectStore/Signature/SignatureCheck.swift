import Crypto
import Foundation

/// Verifies signatures by the description of the protocol (Amazon S3 API Reference, "Authenticating Requests: AWS Signature
/// Version 4").
struct SignatureCheck: Sendable {
    let configuration: ObjectStoreSimulator.Configuration

    /// SHA-256 as hexadecimal digits.
    static func digest(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Throws why the request is not what the holder of the key has signed, or is so no longer.
    func check(_ request: StoreRequest, now: Date) throws(StoreRefusal) {
        let claim = try SignatureClaim(request)
        guard claim.keyID == configuration.keyID else {
            throw StoreRefusal(
                status: 403, code: "InvalidAccessKeyId",
                message: "The AWS Access Key Id you provided does not exist in our records.",
                details: [.init(name: "AWSAccessKeyId", text: claim.keyID)])
        }
        try checkScope(of: claim)
        try checkTime(of: claim, now: now)
        try checkCoverage(of: claim, request)
        let payload = try payload(of: claim, request)
        let canonical = canonicalText(of: request, claim, payload: payload)
        let stringToSign = [
            SignatureClaim.algorithm, claim.time, claim.scope.joined(separator: "/"),
            Self.digest(Array(canonical.utf8)),
        ].joined(separator: "\n")
        guard Array(signature(of: stringToSign, claim).utf8) == Array(claim.signature.utf8) else {
            throw StoreRefusal(
                status: 403, code: "SignatureDoesNotMatch",
                message: "The request signature we calculated does not match the signature you provided."
                    + " Check your key and signing method.",
                details: [
                    .init(name: "AWSAccessKeyId", text: claim.keyID),
                    .init(name: "StringToSign", text: stringToSign),
                    .init(name: "SignatureProvided", text: claim.signature),
                    .init(name: "CanonicalRequest", text: canonical),
                ])
        }
        guard claim.life != nil || payload == Self.unsigned || payload == request.bodyDigest else {
            throw StoreRefusal(
                status: 400, code: "XAmzContentSHA256Mismatch",
                message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
                details: [
                    .init(name: "ClientComputedContentSHA256", text: payload),
                    .init(name: "S3ComputedContentSHA256", text: request.bodyDigest),
                ])
        }
    }

    private static let unsigned = "UNSIGNED-PAYLOAD"

    private func checkScope(of claim: SignatureClaim) throws(StoreRefusal) {
        let expected = [String(claim.time.prefix(8)), configuration.region, "s3", "aws4_request"]
        guard claim.scope != expected else { return }
        let isOther = claim.scope[1] != configuration.region
        throw StoreRefusal(
            status: 400,
            code: claim.life == nil ? "AuthorizationHeaderMalformed" : "AuthorizationQueryParametersError",
            message: "The credential is malformed; expecting '\(expected.joined(separator: "/"))'",
            details: isOther ? [.init(name: "Region", text: configuration.region)] : [])
    }

    private func checkTime(of claim: SignatureClaim, now: Date) throws(StoreRefusal) {
        guard let date = claim.date else {
            throw .denied("AWS authentication requires a valid Date or x-amz-date header")
        }
        let late = now.timeIntervalSince(date)
        let drift = configuration.acceptableDrift / .seconds(1)
        guard let life = claim.life else {
            guard abs(late) <= drift else {
                throw StoreRefusal(
                    status: 403, code: "RequestTimeTooSkewed",
                    message: "The difference between the request time and the current time is too large.",
                    details: [
                        .init(name: "RequestTime", text: claim.time),
                        .init(name: "ServerTime", text: UTCTime.timestamp(now)),
                        .init(name: "MaxAllowedSkewMilliseconds", text: String(Int(drift * 1000))),
                    ])
            }
            return
        }
        guard late >= -drift else { throw .denied("Request is not valid yet") }
        guard late <= Double(life) else { throw .denied("Request has expired") }
    }

    /// What has to be signed: the host, the type of what is sent, and every header of the protocol's own.
    private func checkCoverage(of claim: SignatureClaim, _ request: StoreRequest) throws(StoreRefusal) {
        let required = request.headers.keys.filter {
            $0 == "host" || $0 == "content-type" && claim.life == nil || $0.hasPrefix("x-amz-")
        }
        let open = Set(required).subtracting(claim.signedHeaders)
        guard open.isEmpty else {
            throw StoreRefusal(
                status: 403, code: "AccessDenied",
                message: "There were headers present in the request which were not signed",
                details: [.init(name: "HeadersNotSigned", text: open.sorted().joined(separator: ", "))])
        }
        guard claim.signedHeaders == claim.signedHeaders.sorted(),
            claim.signedHeaders.allSatisfy({ request.headers[$0] != nil })
        else { throw .denied("The signed headers are not in order, or not there") }
    }

    /// What stands in place of the body in what is signed.
    private func payload(of claim: SignatureClaim, _ request: StoreRequest) throws(StoreRefusal) -> String {
        if claim.life != nil { return Self.unsigned }
        guard let digest = request.header("x-amz-content-sha256") else {
            throw .invalid("Missing required header for this request: x-amz-content-sha256")
        }
        guard digest != Self.unsigned || configuration.takesUnsignedBodies else {
            throw .invalid("This store takes no body without its digest.")
        }
        return digest
    }

    private func canonicalText(of request: StoreRequest, _ claim: SignatureClaim, payload: String) -> String {
        let path = PercentText.encode(
            PercentText.decode(request.path.utf8) ?? [], free: [UInt8(ascii: "/")])
        let pairs = (request.query ?? []).filter { $0.name != Array("X-Amz-Signature".utf8) }
            .map { (name: PercentText.encode($0.name), value: PercentText.encode($0.value)) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        var lines = [request.method, path, pairs.map { $0.name + "=" + $0.value }.joined(separator: "&")]
        for name in claim.signedHeaders {
            let values = (request.headers[name] ?? []).map { value in
                value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            lines.append(name + ":" + values.joined(separator: ","))
        }
        lines += ["", claim.signedHeaders.joined(separator: ";"), payload]
        return lines.joined(separator: "\n")
    }

    private func signature(of text: String, _ claim: SignatureClaim) -> String {
        let key = claim.scope.reduce(Array("AWS4\(configuration.secret)".utf8)) { key, part in
            Self.code(of: part, by: key)
        }
        return Self.hexadecimal(Self.code(of: text, by: key))
    }

    private static func code(of text: String, by key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}
