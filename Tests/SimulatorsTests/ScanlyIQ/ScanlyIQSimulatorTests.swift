import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1))) struct ScanlyIQSimulatorTests {
    @Test("a job is charged, pending for as often as it is told to, and then shows the page's example")
    func job() async throws {
        try await withScanlyIQ { scanly async throws in
            let answer = try await scanly.order(
                [try await scanly.uploaded(), try await scanly.uploaded()], more: #","documentType":"slip""#)
            #expect(answer.json["status"] as? String == "PENDING")
            #expect(answer.json["itemCount"] as? Int == 2 && answer.json["creditsCharged"] as? Int == 4)
            let id = try #require(answer.json["jobId"] as? String)
            for _ in 0..<2 { #expect(try await scanly.show(id).json["status"] as? String == "PENDING") }
            let shown = try await scanly.show(id)
            #expect(shown.json["id"] as? String == id && shown.json["status"] as? String == "COMPLETED")
            let items = shown.objects("items")
            #expect(items.count == 2 && items.allSatisfy { $0["status"] as? String == "COMPLETED" })
            let result = try #require(items[0]["result"] as? [String: Any])
            #expect(Set(result.keys) == ["bank", "amount", "date", "fromAccount", "toAccount"])
            #expect(shown.text.contains(#""amount":1500.00"#))
            #expect(try await scanly.call("GET", "/api/credits").json["balance"] as? Int == 996)
            #expect(try await scanly.call("GET", "/api/credits").json["totalUsed"] as? Int == 4)
        }
    }

    @Test("credits really fall, and once there are too few nothing is made")
    func credits() async throws {
        try await withScanlyIQ({ $0.credits = 3 }) { scanly async throws in
            _ = try await scanly.job()
            let upload = try await scanly.uploaded()
            #expect(try await scanly.order([upload]).status == 402)
            #expect(await scanly.simulator.totals.jobs == 1)
            await scanly.simulator.topUp(1)
            #expect(try await scanly.order([upload]).status == 200)
            #expect(await scanly.simulator.credits == 0)
        }
    }

    @Test("an estimate is what a job would take")
    func estimate() async throws {
        try await withScanlyIQ({ $0.credits = 9 }) { scanly async throws in
            let body = #"{"type":"SLIP_OCR","modelId":"clx2flash","itemCount":5}"#
            let answer = try await scanly.post("/api/credits/estimate", body)
            #expect(
                answer.text
                    == #"{"creditsPerUnit":2,"currentBalance":9,"estimatedCredits":10,"modelName":"Gemini 2.5 Flash","sufficient":false}"#
            )
            for change in [("SLIP_OCR", "OCR"), (":5", ":0"), (#","itemCount":5"#, "")] {
                #expect(
                    try await scanly.post("/api/credits/estimate", body.replacing(change.0, with: change.1)).status
                        == 400)
            }
            #expect(try await scanly.post("/api/credits/estimate", body.replacing("clx2", with: "x")).status == 404)
        }
    }

    @Test("models are listed with their prices")
    func models() async throws {
        try await withScanlyIQ { scanly async throws in
            let models = try await scanly.call("GET", "/api/models").objects("models")
            #expect(models.map { $0["type"] as? String } == ["TEXT", "VISION", "VISION"])
            #expect(models.map { $0["creditsPerUnit"] as? Int } == [1, 8, 2])
        }
    }

    @Test("what nobody knows is not found, and a broken order is a bad request")
    func refused() async throws {
        try await withScanlyIQ { scanly async throws in
            let upload = try await scanly.uploaded()
            #expect(try await scanly.show("job_1").status == 404)
            #expect(try await scanly.order(["upload_1"]).status == 404)
            #expect(try await scanly.order([upload, "upload_1"]).status == 404)
            #expect(try await scanly.order([upload], model: "gpt").status == 404)
            #expect(try await scanly.order([upload], more: #","projectId":"project_2""#).status == 404)
            for more in [#","documentType":"receipt""#, #","projectId":1"#] {
                #expect(try await scanly.order([upload], more: more).status == 400, "\(more)")
            }
            #expect(try await scanly.order([]).status == 400)
            #expect(try await scanly.order([upload, upload]).status == 400)
            #expect(try await scanly.post("/api/jobs/slip-ocr", "[]").status == 400)
            #expect(try await scanly.call("POST", "/api/jobs/slip-ocr", [0x7B], type: "text/plain").status == 415)
            #expect(try await scanly.call("GET", "/api/nothing").status == 404)
            #expect(try await scanly.call("DELETE", "/api/credits").status == 405)
            #expect(await scanly.simulator.totals.jobs == 0)
        }
    }

    @Test("every call wants the key", arguments: [nil, "", "b2t_live_other", "b2t_live_simulator2"] as [String?])
    func key(key: String?) async throws {
        try await withScanlyIQ { scanly async throws in
            for (method, path) in [
                ("GET", "/api/credits"), ("GET", "/api/models"), ("GET", "/api/jobs/slip-ocr/x"),
                ("POST", "/api/jobs/slip-ocr"), ("POST", "/api/upload/slip"), ("POST", "/api/credits/estimate"),
            ] {
                let body = method == "POST" ? Array("{}".utf8) : nil
                #expect(try await scanly.call(method, path, body, key: key).status == 401)
            }
        }
    }

    @Test("each image shows what its script says")
    func scripts() async throws {
        try await withScanlyIQ { scanly async throws in
            try await scanly.allow { $0.pendingPolls = 0 }
            let scripts: [(SlipScript, String)] = [
                (SlipScript(amount: "120.005", date: "2569-03-18"), #""amount":120.005"#),
                (SlipScript(amount: #""1,500.00""#), #""amount":"1,500.00""#),
                (try SlipScript(result: "null"), #"[{"result":null,"status":"COMPLETED"}]"#),
                (try SlipScript(result: nil), #"[{"status":"COMPLETED"}]"#),
            ]
            for (index, (script, text)) in scripts.enumerated() {
                let image: [UInt8] = [0xFF, 0xD8, 0xFF, UInt8(index)]
                await scanly.simulator.script(script, for: ScanlyIQSimulator.digest(of: image))
                let id = try await scanly.job(.init(bytes: image))
                #expect(try await scanly.show(id).text.contains(text))
            }
            var failed = SlipScript.usual
            (failed.itemStatus, failed.jobStatus, failed.items) = ("FAILED", "COMPLETED", 2)
            await scanly.simulator.script(failed)
            let items = try await scanly.show(try await scanly.job()).objects("items")
            #expect(items.map { $0["status"] as? String } == ["FAILED", "FAILED"])
            #expect(throws: SimulatorError.self) { try SlipScript(result: "{") }
        }
    }

    @Test("uploads grow old, serve once, and are forgotten, as they are told")
    func oldUploads() async throws {
        try await withScanlyIQ { scanly async throws in
            try await scanly.allow {
                ($0.uploadLife, $0.oldUploadStatus, $0.uploadsServeOnce) = (.seconds(60), 400, true)
            }
            let upload = try await scanly.uploaded()
            #expect(try await scanly.order([upload]).status == 200)
            #expect(try await scanly.order([upload]).status == 400)
            let old = try await scanly.uploaded()
            await scanly.simulator.advanceClock(by: .seconds(61))
            #expect(try await scanly.order([old]).status == 400)
            await scanly.simulator.forgetUploads()
            #expect(try await scanly.order([old]).status == 404)
        }
    }

    @Test("a job can show late, and be forgotten though it was charged")
    func lateJobs() async throws {
        try await withScanlyIQ { scanly async throws in
            try await scanly.allow { $0.jobLag = .seconds(60) }
            let id = try await scanly.job()
            #expect(try await scanly.show(id).status == 404)
            await scanly.simulator.advanceClock(by: .seconds(60))
            #expect(try await scanly.show(id).status == 200)
            await scanly.simulator.forgetJobs()
            #expect(try await scanly.show(id).status == 404)
            #expect(await scanly.simulator.jobsByDigest().values.map { $0 } == [1])
        }
    }
}
