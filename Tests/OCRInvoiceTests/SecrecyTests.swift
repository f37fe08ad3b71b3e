import Testing

@testable import OCRInvoice

@Suite struct SecrecyTests {
    @Test("no description and no dump shows a link, a key, a reading or the name of a document")
    func dumps() throws {
        let (link, form, key) = (try Fixture.link(), try Fixture.form(), try Fixture.key())
        let subject = CallSubject(form, at: link)
        let values: [Any] = [
            link, key, form, subject, SupplierInvoiceReading(bytes: Array("1070.00".utf8)),
            Discretion(hiding: key, subject), OCRInvoiceEndpoint(url: "http://127.0.0.1:9", key: key),
            SupplierDocument(name: "ใบแจ้งหนี้.pdf", type: .pdf, digest: Fixture.digest),
            try Fixture.job(#"{"id":"1","documentName":"ใบแจ้งหนี้.pdf"}"#),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            let text = "\(value) \(String(reflecting: value)) \([value]) \(dumped)"
            for secret in ["supplier-ocr-simulator-key", "4f1c", "1070", "49, 48", "ใบแจ้งหนี้"] {
                #expect(!text.contains(secret), "\(type(of: value))")
            }
        }
    }
}
