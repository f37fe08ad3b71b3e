import Sales
import Testing

@testable import ScanlyIQ

@Suite struct ShownJobTests {
    private func shown(_ json: String) throws -> ShownJob { ShownJob(try Fixture.object(json), of: "job_1") }

    private func completed(_ items: String) -> String { #"{"id":"job_1","status":"COMPLETED","items":\#(items)}"# }

    @Test("the page's example is read, digit by digit")
    func example() throws {
        let json = completed(
            """
            [{"status":"COMPLETED","result":{"bank":"กสิกรไทย","amount":1500.00,"date":"2026-03-18",
            "fromAccount":"xxx-x-x1234-x","toAccount":"xxx-x-x5678-x"}}]
            """)
        #expect(
            try shown(json)
                == .read(
                    SlipReading(
                        amount: "1500.00", date: "2026-03-18", bank: "กสิกรไทย", fromAccount: "xxx-x-x1234-x",
                        toAccount: "xxx-x-x5678-x")))
    }

    @Test(
        "an amount is the text that came, and nothing is made of it",
        arguments: [
            ("120", "120"), ("120.005", "120.005"), ("1.5e3", "1.5e3"),
            ("12345678901234567890.12", "12345678901234567890.12"),
            (#""1,500.00""#, "1,500.00"), (#""1500 บาท""#, "1500 บาท"), ("-0.10", "-0.10"), (#""a\u0007b""#, "a b"),
            ("null", nil), (#""""#, nil), (#"" ""#, nil), ("true", nil), ("{}", nil), ("[1]", nil),
        ] as [(String, String?)])
    func amounts(token: String, text: String?) throws {
        let json = completed(#"[{"status":"COMPLETED","result":{"amount":\#(token)}}]"#)
        #expect(try shown(json) == .read(SlipReading(amount: text)))
    }

    @Test(
        "a date stays as it was written, also one of the Buddhist era",
        arguments: ["2569-03-18", "18 มี.ค. 69", "18/03/2569 14:05"])
    func dates(text: String) throws {
        let json = completed(#"[{"status":"COMPLETED","result":{"date":"\#(text)"}}]"#)
        #expect(try shown(json) == .read(SlipReading(date: text)))
    }

    @Test("a text that no slip has is cut")
    func long() throws {
        let json = completed(#"[{"status":"COMPLETED","result":{"bank":"\#(String(repeating: "ก", count: 10_000))"}}]"#)
        guard case .read(let reading) = try shown(json) else { throw FixtureError() }
        #expect(reading.bank?.count == 200)
    }

    @Test(
        "a job that is not completed is still under way, whatever its word for that",
        arguments: [
            #"{"id":"job_1","status":"PENDING"}"#, #"{"status":"PROCESSING","items":[]}"#, "{}", #"{"status":null}"#,
            #"{"status":"PENDING","items":[{"status":"COMPLETED","result":{"amount":1}}]}"#,
        ])
    func pending(json: String) throws { #expect(try shown(json) == .pending) }

    @Test(
        "without a result there is nothing to read",
        arguments: [
            #"[{"status":"FAILED"}]"#, #"[{"status":"COMPLETED","result":null}]"#, #"[{"status":"COMPLETED"}]"#,
            #"[{"status":"COMPLETED","result":"none"}]"#, #"[{"status":"PENDING","result":{"amount":1}}]"#,
            #"[{"result":{"amount":1}}]"#, #"[{"status":"FAILED"},{"status":"ERROR"}]"#,
        ])
    func unreadable(items: String) throws { #expect(try shown(completed(items)) == .unreadable) }

    @Test("a job that failed as a whole is over", arguments: ["FAILED", "error", "CANCELLED", "Canceled"])
    func failed(status: String) throws { #expect(try shown(#"{"status":"\#(status)"}"#) == .unreadable) }

    @Test(
        "one slip has one item: another number of them means nothing",
        arguments: [
            #"[]"#, #"[{"status":"COMPLETED","result":{"amount":1}},{"status":"COMPLETED","result":{"amount":2}}]"#,
            #"[{"status":"FAILED"},{"status":"COMPLETED","result":{"amount":2}}]"#, "null", "{}", "[1]",
        ])
    func otherItems(items: String) throws {
        guard case .unintelligible = try shown(completed(items)) else {
            Issue.record("\(items) was understood")
            return
        }
    }

    @Test("another job's result is never taken for ours")
    func another() throws {
        let json = #"{"id":"job_2","status":"COMPLETED","items":[{"status":"COMPLETED","result":{"amount":1}}]}"#
        #expect(try shown(json) == .unintelligible("ScanlyIQ answered with another job"))
    }

    @Test("what a job took is in the answer that made it, or is not known")
    func created() throws {
        let page = #"{"jobId":"job_xyz789","status":"PENDING","itemCount":2,"creditsCharged":4}"#
        let job = try #require(CreatedJob(try Fixture.object(page)))
        #expect(job.id == "job_xyz789" && job.credits == 4)
        #expect(try CreatedJob(Fixture.object(#"{"jobId":"j","creditsCharged":1.5}"#))?.credits == 2)
        let silent = try #require(CreatedJob(try Fixture.object(#"{"jobId":"j"}"#)))
        #expect(silent.credits == nil)
        #expect(try CreatedJob(Fixture.object(#"{"jobId":7}"#))?.id == "7")
        for json in ["{}", #"{"jobId":""}"#, #"{"jobId":7.5}"#, #"{"jobId":-7}"#, #"{"id":"job_1"}"#] {
            #expect(try CreatedJob(Fixture.object(json)) == nil)
        }
    }
}
