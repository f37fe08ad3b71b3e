import Sales
import Testing

@testable import ScanlyIQ

@Suite struct UploadFormTests {
    @Test(
        "an upload is a form with one file, which has the same name for every slip",
        arguments: [(SlipMedia.jpeg, "slip.jpg"), (.png, "slip.png"), (.webp, "slip.webp")])
    func form(media: SlipMedia, name: String) {
        let form = UploadForm([0xFF, 0x0D, 0x0A, 0x00], media, boundary: "line")
        let head =
            "--line\r\nContent-Disposition: form-data; name=\"files[]\"; filename=\"\(name)\"\r\n"
            + "Content-Type: \(media.rawValue)\r\n\r\n"
        #expect(form.body == Array(head.utf8) + [0xFF, 0x0D, 0x0A, 0x00] + Array("\r\n--line--\r\n".utf8))
        #expect(form.contentType == "multipart/form-data; boundary=line")
    }

    @Test("every upload has a boundary of its own, of characters that need no quotes")
    func boundary() {
        let boundaries = (0..<100).map { _ in UploadForm([], .jpeg).boundary }
        #expect(Set(boundaries).count == 100)
        #expect(boundaries.allSatisfy { $0.wholeMatch(of: /slip-[0-9a-f]{32}/) != nil })
    }
}
