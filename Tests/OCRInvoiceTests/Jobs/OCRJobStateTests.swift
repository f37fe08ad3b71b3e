import Testing

@testable import OCRInvoice

@Suite struct OCRJobStateTests {
    @Test(
        "a status is read in every spelling, and completion decides where it does not",
        arguments: [
            ("created", false, .created), ("CREATED", false, .created), ("created", true, .finished),
            ("pending", false, .queued), ("active", false, .queued), ("Processing", false, .underWay),
            ("in_progress", false, .underWay),
            ("IN-PROGRESS", false, .underWay), ("processing", true, .finished), ("completed", false, .finished),
            ("Done", true, .finished), ("failed", false, .failed), ("failed", true, .failed), ("Error", true, .failed),
            ("cancelled", false, .failed), ("timed out", false, .failed), ("chewing", false, .unknown("chewing")),
            ("chewing", true, .finished), ("", false, .unknown("")), (nil, false, .unknown("")), (nil, true, .finished),
        ] as [(String?, Bool, OCRJobState)])
    func words(status: String?, hasCompletion: Bool, state: OCRJobState) {
        #expect(OCRJobState(status: status, hasCompletion: hasCompletion) == state)
    }

    @Test(
        "a job needs an id that can stand in a path, under either name",
        arguments: [
            (#"{"_id":"a","id":"b"}"#, "a"), (#"{"id":"b"}"#, "b"), (#"{"_id":null,"id":12}"#, "12"),
            (#"{"_id":"","id":"b"}"#, "b"), (#"{"_id":".."}"#, nil), (#"{"_id":{}}"#, nil),
            (#"{"_id":{"$oid":"c"}}"#, "c"), (#"{"_id":"a\u001b[2J"}"#, nil), ("{}", nil),
        ] as [(String, String?)])
    func ids(json: String, id: String?) throws {
        #expect(OCRJob(try Fixture.object(json), try Fixture.discretion())?.id == id)
    }

    @Test("what a job says is read where public code has it, without links")
    func reading() throws {
        let job = try Fixture.job(
            #"""
            {"_id":"1","jobNumber":"N","documentName":"a.pdf","documentUrl":"https://b.example/secret","status":"failed",
            "createdAt":"2026-11-30T01:02:03Z","completedAt":null,"metadata":{"sha256":"ab"},
            "errorLog":[{"message":"cannot fetch https://b.example/secret","at":1},{"message":"gave up"}]}
            """#)
        #expect(job.number == "N" && job.documentName == "a.pdf" && job.state == .failed)
        #expect(job.createdAt == "2026-11-30T01:02:03Z" && job.completedAt == nil && job.digest == "ab")
        #expect(job.fault == "cannot fetch … gave up")
        #expect(!"\(job)".contains("secret"))
        #expect(try Fixture.job(#"{"id":"1","errorLog":"no text"}"#).fault == "no text")
        #expect(try Fixture.job(#"{"id":"1","errorLog":[]}"#).fault == nil)
    }

    @Test("nothing shows what was read")
    func discreet() {
        let reading = SupplierInvoiceReading(bytes: Array("1070.00".utf8))
        #expect(
            Mirror(reflecting: reading).children.isEmpty && "\(reading)" == "a reading"
                && !"\([reading])".contains("49") && String(reflecting: reading) == "a reading")
    }

    private static let (created, busy, done, failed) = (
        #"{"id":"1","status":"created"}"#, #"{"id":"1","status":"processing"}"#,
        #"{"id":"1","status":"completed","completedAt":"T1"}"#, #"{"id":"1","status":"failed","completedAt":"T1"}"#
    )
    private static let (queued, stuck, part, numeric) = (
        #"{"id":"1","status":"pending"}"#, #"{"id":"1","status":"created","startedAt":"T0"}"#,
        #"{"id":"1","status":"created","progress":{"percentage":5}}"#,
        #"{"id":"1","status":"created","completedAt":1764500000000}"#
    )
    private static let odd = #"{"id":"1","status":"chewing"}"#

    @Test(
        "a job is processed once, and again only if nothing shows that the service heard it",
        arguments: [
            (created, .notAsked, nil, .process), (busy, .notAsked, nil, .wait), (stuck, .notAsked, nil, .wait),
            (part, .notAsked, nil, .wait), (queued, .notAsked, nil, .process), (odd, .notAsked, nil, .process),
            (done, .notAsked, nil, .fetchResults), (failed, .notAsked, nil, .fail), (created, .accepted, nil, .wait),
            (busy, .accepted, nil, .wait), (odd, .accepted, nil, .wait), (done, .accepted, nil, .fetchResults),
            (created, .unanswered(ago: .seconds(599)), nil, .wait),
            (created, .unanswered(ago: .seconds(600)), nil, .process),
            (queued, .unanswered(ago: .seconds(599)), nil, .wait),
            (queued, .unanswered(ago: .seconds(600)), nil, .process),
            (stuck, .unanswered(ago: .seconds(999)), nil, .wait), (numeric, .accepted, nil, .fetchResults),
            (numeric, .accepted, "1764500000000", .wait),
            (busy, .unanswered(ago: .seconds(999)), nil, .wait),
            (odd, .unanswered(ago: .seconds(599)), nil, .wait), (odd, .unanswered(ago: .seconds(600)), nil, .process),
            (done, .unanswered(ago: .zero), nil, .fetchResults),
            // What it shows is still the run before.
            (done, .notAsked, "T1", .process), (done, .accepted, "T1", .wait), (failed, .accepted, "T1", .wait),
            (done, .unanswered(ago: .seconds(599)), "T1", .wait),
            (done, .unanswered(ago: .seconds(600)), "T1", .process), (done, .accepted, "T0", .fetchResults),
            (failed, .accepted, "T0", .fail),
        ] as [(String, OCRProcessing, String?, OCRJobStep)])
    func next(json: String, processing: OCRProcessing, earlier: String?, step: OCRJobStep) throws {
        #expect(try Fixture.job(json).next(after: processing, since: earlier) == step)
    }

    @Test(
        "a job is a document's by its number in any spelling, or by the document's digest",
        arguments: [
            (" kk-00001-00010203040506070809 ", nil, nil, .same), ("OCR-2026-001", "own", "00001", .same),
            ("KK-00002-00010203040506070809", "own", "00002", .other), ("OCR-2026-001", nil, nil, .other),
            ("KK-00001-00010203040506070809", "ff", nil, .contradicting), ("OCR-2026-001", "ff", nil, .other),
        ] as [(String, String?, String?, OCRJob.Likeness)])
    func likeness(number: String, digest: String?, branch: String?, likeness: OCRJob.Likeness) throws {
        let form = try Fixture.form()
        let sha = digest.map { $0 == "own" ? form.digest ?? "" : $0 }
        let metadata = [sha.map { #""sha256":"\#($0)""# }, branch.map { #""branch":"\#($0)""# }].compactMap(\.self)
        let json = #"{"id":"1","jobNumber":"\#(number)","metadata":{\#(metadata.joined(separator: ","))}}"#
        #expect(try Fixture.job(json).likeness(to: form) == likeness)
    }

    @Test("what others call their documents can do nothing to a terminal")
    func visible() throws {
        let job = try Fixture.job(#"{"id":"1","jobNumber":"\u001b]0;x","documentName":"a\u001b[2J\u202eb"}"#)
        #expect(job.number == " ]0;x" && job.documentName == "a [2J b")
    }
}
