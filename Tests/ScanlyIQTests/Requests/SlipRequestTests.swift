import Sales
import Testing

@testable import ScanlyIQ

@Suite struct SlipRequestTests {
    @Test("what is kept of a slip names its image and says what it is")
    func whole() {
        let request = SlipRequest(Array(#"{"image":"0a.jpg","media":"image/png"}"#.utf8))
        #expect(request?.image == "0a.jpg" && request?.media == .png)
    }

    @Test(
        "anything else is no request",
        arguments: [
            "", "{}", "[]", #"{"image":"0a.jpg"}"#, #"{"image":"","media":"image/png"}"#,
            #"{"image":"a","media":"image/gif"}"#, #"{"image":1,"media":"image/png"}"#,
        ])
    func broken(text: String) { #expect(SlipRequest(Array(text.utf8)) == nil) }

    @Test("an order names one upload, the model, and the project if there is one")
    func order() {
        let plain = JobOrder(upload: "upload_1", model: "clx", project: nil)
        #expect(
            String(decoding: plain.bytes, as: UTF8.self)
                == #"{"uploadIds":["upload_1"],"modelId":"clx","documentType":"slip"}"#)
        let ours = JobOrder(upload: "upload_1", model: "clx", project: "shop \"1\"")
        #expect(
            String(decoding: ours.bytes, as: UTF8.self)
                == #"{"uploadIds":["upload_1"],"modelId":"clx","projectId":"shop \"1\"","documentType":"slip"}"#)
    }
}
