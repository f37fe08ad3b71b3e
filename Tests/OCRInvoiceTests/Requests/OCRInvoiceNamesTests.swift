import RemoteServices
import Testing

@testable import OCRInvoice

@Suite struct OCRInvoiceNamesTests {
    @Test("each operation has its method and its path, as inferred")
    func inferred() {
        let names = OCRInvoiceNames()
        let routes = OCRInvoiceCall.allCases.map { call in
            let route = names.route(of: call, job: call.isOfOneJob ? "7" : nil)
            return "\(call.rawValue) \(route.method) \(route.path)"
        }
        #expect(
            routes == [
                "probe GET /ocr-invoice-job", "list GET /ocr-invoice-job", "find GET /ocr-invoice-job",
                "create POST /ocr-invoice-job", "show GET /ocr-invoice-job/7", "update PUT /ocr-invoice-job/7",
                "delete DELETE /ocr-invoice-job/7", "process POST /ocr-invoice-job/7/process",
                "results GET /ocr-invoice-job/7/results",
            ])
        #expect(names.keyHeader == "api-key")
    }

    @Test(
        "slashes at the ends of configured paths make no difference", arguments: ["v2/jobs", "/v2/jobs", "/v2/jobs/"])
    func slashes(resource: String) {
        let names = OCRInvoiceNames(resource: resource, processPath: "/run/now/", resultsPath: "out")
        #expect(names.route(of: .process, job: "7").path == "/v2/jobs/7/run/now")
        #expect(names.route(of: .results, job: "7").path == "/v2/jobs/7/out")
    }

    @Test(
        "a header that no request can have is seen before a call",
        arguments: [("api-key", true), ("X-API-Key", true), ("", false), ("a b", false), ("a:b", false), ("ก", false)])
    func header(name: String, isUsable: Bool) async throws {
        #expect(OCRInvoiceNames(keyHeader: name).hasUsableHeader == isUsable)
        guard !isUsable else { return }
        try await withService(at: "http://127.0.0.1:9", names: OCRInvoiceNames(keyHeader: name)) { service in
            let failure = await service.probe()
            #expect(failure?.code == "Gateway::Unusable" && failure?.disposition == .holdAccount)
            #expect(failure?.message.contains("key_header") ?? false)
        }
    }
}
