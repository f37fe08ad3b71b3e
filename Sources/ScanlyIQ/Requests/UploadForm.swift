import Sales

/// The body of an upload (RFC 7578) with one image. Its name is the same for every slip: a file's own name may say whose it is.
struct UploadForm: Sendable {
    /// As the page has it.
    private static let field = "files[]"

    let boundary: String
    let body: [UInt8]

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// - Parameter boundary: may not occur in the image. A random one of this length does not.
    init(_ image: [UInt8], _ media: SlipMedia, boundary: String = Self.randomBoundary()) {
        self.boundary = boundary
        let head = """
            --\(boundary)\r
            Content-Disposition: form-data; name="\(Self.field)"; filename="slip.\(media.fileExtension)"\r
            Content-Type: \(media.rawValue)\r
            \r

            """
        body = Array(head.utf8) + image + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    private static func randomBoundary() -> String {
        var system = SystemRandomNumberGenerator()
        let words = (0..<2).map { _ in
            let digits = String(system.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return "slip-" + words.joined()
    }
}
