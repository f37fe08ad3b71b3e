/// What is known about a call before clock, faults and ledger are asked. Making one is the part of the work that can
/// run in parallel.
struct IncomingCall: Sendable {
    let subject: String?
    let transactionID: String?
    let documentID: String?
    let issuedAt: Int?
    /// The claim `data` as the token has it.
    let dataText: [UInt8]
    /// Why the token itself is not accepted.
    let tokenRefusal: Refusal?
    let request: Result<SlimeRequest, Refusal>

    init(body: [UInt8], gate: TokenCheck, rules: InitiateRules) {
        let token: RequestToken
        do throws(Refusal) {
            token = try RequestToken(try RequestToken.text(inBody: body))
        } catch {
            (subject, transactionID, documentID, issuedAt, dataText) = (nil, nil, nil, nil, [])
            tokenRefusal = error
            request = .failure(error)
            return
        }
        subject = token.payload["sub"]?.text
        transactionID = token.payload["data"]?["transaction_id"]?.text
        documentID = token.payload["data"]?["document_id"]?.text
        issuedAt = token.payload["iat"]?.integer
        dataText = token.dataText ?? []
        do throws(Refusal) {
            try gate.check(token)
            tokenRefusal = nil
        } catch {
            tokenRefusal = error
            request = .failure(error)
            return
        }
        do throws(Refusal) {
            let data = token.payload["data"] ?? .null
            request = .success(try SlimeRequest.check(subject: subject ?? "", data: data, rules: rules))
        } catch {
            request = .failure(error)
        }
    }
}
