/// A JSON Web Token taken apart, not yet believed.
struct RequestToken {
    let header: JSONValue
    let payload: JSONValue
    /// The claim `data` exactly as it stands in the payload.
    let dataText: [UInt8]?
    let signedPart: [UInt8]
    let signature: [UInt8]

    init(_ text: String) throws(Refusal) {
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw Self.refusal("expected three parts with dots between them, found \(parts.count)")
        }
        guard let headerText = Base64URL.decode(parts[0]), let payloadText = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw Self.refusal("a part is not base64url without padding") }
        var reader = JSONReader(payloadText)
        do {
            header = try JSONReader.read(headerText)
            payload = try reader.readWhole()
        } catch {
            throw Self.refusal(error.message)
        }
        dataText = reader.memberRanges["data"].map { Array(payloadText[$0]) }
        signedPart = Array(bytes[..<parts[1].endIndex])
        self.signature = signature
    }

    private static func refusal(_ message: String) -> Refusal {
        Refusal(code: "JWT::DecodeError", message: message)
    }

    /// The text of the member `request` in a request's body.
    static func text(inBody body: [UInt8]) throws(Refusal) -> String {
        do {
            guard let text = try JSONReader.read(body)["request"]?.text else {
                throw refusal("expected a JSON object with the token as the string \"request\"")
            }
            return text
        } catch let fault as JSONReader.Fault {
            throw refusal("the request's body: " + fault.message)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw refusal("the request's body cannot be read")
        }
    }
}
