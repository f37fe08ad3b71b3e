import Foundation
import Testing

@testable import Simulators

/// The simulator's own paths, as somebody uses them who has only HTTP.
@Suite(.timeLimit(.minutes(1))) struct ScanlyIQControlTests {
    private func withControl(_ body: (ScanlyIQCaller) async throws -> Void) async throws {
        try await withScanlyIQ({ $0.control = true }) { scanly async throws in try await body(scanly) }
    }

    @discardableResult
    private func send(
        _ scanly: ScanlyIQCaller, _ method: String, _ path: String, _ body: String? = nil
    ) async throws -> ScanlyIQCaller.Answer {
        try await scanly.call(method, "/simulator/" + path, body.map { Array($0.utf8) }, key: nil)
    }

    @Test("it is shut unless it is switched on")
    func shut() async throws {
        try await withScanlyIQ { scanly async throws in #expect(try await send(scanly, "GET", "faults").status == 403) }
    }

    @Test("every kind of fault comes back as it was set")
    func faults() async throws {
        try await withControl { scanly async throws in
            let faults = """
                [{"kind":"slow","milliseconds":3000},{"kind":"unavailable","retry_after":5,"status":503},\
                {"body":"no","kind":"refusal","status":400},{"kind":"lose_answer_before_acting","times":2},\
                {"kind":"lose_answer_after_acting","operation":"create_job"},\
                {"body":"{}","kind":"other_answer","status":201},{"kind":"garbage"},{"kind":"truncated"},\
                {"coding":"gzip","kind":"packed"}]
                """
            #expect(try await send(scanly, "PUT", "faults", faults).text == faults)
            #expect(try await send(scanly, "GET", "faults").text == faults)
            #expect(try await send(scanly, "DELETE", "faults").text == "[]")
            #expect(try await send(scanly, "PUT", "faults", #"[{"kind":"fire"}]"#).status == 400)
            #expect(try await send(scanly, "POST", "faults", "[]").status == 405)
        }
    }

    @Test("the leeway is changed one by one")
    func leeway() async throws {
        try await withControl { scanly async throws in
            let all = """
                {"account_status":403,"job_lag_ms":1,"old_upload_status":400,"pending_polls":3,\
                "tells_retry_after":true,"upload_life_ms":5,"uploads_serve_once":true}
                """
            #expect(try await send(scanly, "PATCH", "leeway", all).text == all)
            let changed = try await send(
                scanly, "PATCH", "leeway", #"{"account_status":null,"upload_life_ms":null,"pending_polls":0}"#)
            #expect(changed.json["account_status"] is NSNull && changed.json["upload_life_ms"] is NSNull)
            #expect(changed.json["pending_polls"] as? Int == 0 && changed.json["job_lag_ms"] as? Int == 1)
            #expect(try await send(scanly, "PATCH", "leeway", #"{"old_upload_status":410}"#).status == 400)
        }
    }

    @Test("what is read in an image is said by its digest, digit by digit")
    func slips() async throws {
        try await withControl { scanly async throws in
            let file = ScanlyIQCaller.File()
            let digest = ScanlyIQSimulator.digest(of: file.bytes)
            let script =
                #"{"digest":"\#(digest.uppercased())","result":{"amount":120.00,"date":"2569-03-18"},"pending_polls":0}"#
            #expect(try await send(scanly, "PUT", "slips", script).status == 200)
            #expect(
                try await scanly.show(try await scanly.job(file)).text.contains(
                    #"{"amount":120.00,"date":"2569-03-18"}"#))
            try await send(scanly, "PUT", "slips", #"{"item_status":"FAILED","pending_polls":0}"#)
            let other = ScanlyIQCaller.File(bytes: [0xFF, 0xD8, 0xFF, 9])
            #expect(try await scanly.show(try await scanly.job(other)).text.contains(#"[{"status":"FAILED"}]"#))
            try await send(scanly, "DELETE", "slips")
            #expect(try await scanly.show(try await scanly.job(file)).json["status"] as? String == "PENDING")
        }
    }

    @Test("somebody pays, uploads and jobs are forgotten, and everything is counted")
    func counters() async throws {
        try await withControl { scanly async throws in
            #expect(try await send(scanly, "POST", "credits", #"{"balance":0}"#).text == #"{"balance":0}"#)
            #expect(try await send(scanly, "POST", "credits", #"{"add":5}"#).text == #"{"balance":5}"#)
            let id = try await scanly.job()
            let digest = ScanlyIQSimulator.digest(of: ScanlyIQCaller.File().bytes)
            #expect(
                try await send(scanly, "GET", "counters").text == """
                    {"balance":3,"calls":2,"credits_charged":2,"jobs":1,"jobs_by_digest":{"\(digest)":1},\
                    "most_others":1,"most_uploads":1,"too_many":0,"uploads":1}
                    """)
            try await send(scanly, "POST", "forget", #"{"jobs":true}"#)
            #expect(try await scanly.show(id).status == 404)
            #expect(await scanly.simulator.keptUploads().count == 1)
            try await send(scanly, "POST", "forget", #"{"uploads":true}"#)
            #expect(await scanly.simulator.keptUploads().isEmpty)
            let calls = try await send(scanly, "GET", "calls?limit=2").objects("calls")
            #expect(calls.map { $0["operation"] as? String } == ["show_job", "create_job"])
            #expect(calls.map { $0["status"] as? Int } == [404, 200])
            #expect(try await send(scanly, "POST", "clock", #"{"advance_seconds":60}"#).status == 200)
            #expect(try await send(scanly, "GET", "nothing").status == 404)
        }
    }
}
