import Crypto
import Foundation
import OCRInvoice
import SupplierInvoices
import Testing

@Suite struct SupplierFileTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0]
    private static let bmp = Array("BM".utf8) + Array(repeating: 0, count: 30)
    private static let pdf = Array("%PDF-1.7 \n".utf8)

    @Test(
        "a document is of the type that its bytes say",
        arguments: [
            (pdf, "a.pdf", OCRDocumentType.pdf), (pdf, "A.PDF", .pdf), (pdf, "no ending", .pdf),
            (Array("\n \r\n".utf8) + pdf, "a.pdf", .pdf), (png, "a.png", .png), (jpeg, "a.jpg", .jpg),
            (jpeg, "a.JPEG", .jpg), ([0x49, 0x49, 0x2A, 0, 8], "a.tiff", .tiff),
            ([0x4D, 0x4D, 0, 0x2A, 8], "a.tif", .tiff),
            (bmp, "a.bmp", .bmp),
        ])
    func type(bytes: [UInt8], name: String, type: OCRDocumentType) throws {
        let file = try SupplierFile(bytes, named: name)
        #expect(file.type == type && file.name == name && file.bytes == bytes)
        #expect(file.digest == SHA256.hash(data: bytes).description.split(separator: " ").last.map(String.init))
    }

    @Test(
        "a document that is another kind than its name says is refused, and the message names both",
        arguments: [(png, "a.pdf", ".pdf", "PNG"), (pdf, "a.jpeg", ".jpeg", "PDF"), (jpeg, "b.tiff", ".tiff", "JPEG")])
    func otherKind(bytes: [UInt8], name: String, said: String, found: String) throws {
        let error = try #require(throws: SupplierFileError.self) { try SupplierFile(bytes, named: name) }
        #expect(error.code == .otherKind)
        #expect(error.message.contains(said) && error.message.contains(found))
    }

    @Test(
        "what is no document is refused, and the message says what it is",
        arguments: [
            ([], "nothing"), (Array("<!DOCTYPE html><p>%PDF-1.4</p>".utf8), "a web page"),
            (Array("\u{FEFF}\r\n <html>%PDF-1.4".utf8), "a web page"), (Array("PK\u{3}\u{4}".utf8), "ZIP"),
            (Array("GIF89a".utf8), "GIF"), (Array("BM".utf8), "something else"), ([0xFF, 0xD8], "something else"),
        ])
    func noDocument(bytes: [UInt8], found: String) throws {
        let error = try #require(throws: SupplierFileError.self) { try SupplierFile(bytes, named: "a.pdf") }
        #expect(error.code == .noDocument)
        #expect(error.message.contains("PDF") && error.message.contains(found))
    }

    @Test("a name of 300 Thai letters is kept as it is") func longName() throws {
        let name = String(repeating: "ก", count: 300) + ".pdf"
        #expect(try SupplierFile(Self.pdf, named: name).name == name)
    }
}
