import Foundation
import Testing

@testable import Simulators

/// Every subject of the page, with every exception that its section documents and every way to fail.
@Suite(.timeLimit(.minutes(1)))
struct SubjectTests {
    /// How an exception comes about.
    struct Case: Sendable, CustomTestStringConvertible {
        let subject: SlimeSimulator.Subject
        let code: String
        let data: String
        /// Nothing but the account can lead to it: the simulator is told.
        var isAccount = false

        var testDescription: String { "\(subject.rawValue) \(code)" }
    }

    private static let initiating: [(SlimeSimulator.Subject, String)] = [
        (.initiateWithAbbreviatedTaxInvoice, PageExamples.abbreviatedTaxInvoice),
        (.initiateWithTaxInvoiceStub, PageExamples.stub),
        (.initiateWithTaxInvoice, PageExamples.taxInvoice),
        (.initiateWithReceipt, PageExamples.receipt),
    ]

    private static let changes: [(code: String, find: String, put: String)] = [
        ("SchemaViolation", #""transaction_id""#, #""other""#),
        ("LineItems::InvalidUnitCode", #""quantity""#, #""unit_code": "kilo", "quantity""#),
        ("Theme::NotFound", "retail-hatsu", "retail-mittsu"),
        ("Theme::UnsupportedDocumentType", "retail-hatsu", "nothing"),
        ("Theme::UnsupportedLanguage", "retail-hatsu", "english"),
        ("Trade::Initiated", "TEST-", "TAKEN-"),
    ]

    private static let buyerChanges: [(code: String, find: String, put: String)] = [
        ("Buyer::CheckDigitFailed", #""national_id_number": "1"#, #""national_id_number": "9"#),
        ("Buyer::InvalidEmail", #""identity""#, #""email": "x", "identity""#),
        ("Buyer::InvalidPhoneNumber", #""identity""#, #""phone_number": "x", "identity""#),
        ("Buyer::InvalidCountry", #""TH""#, #""XX""#),
        ("Buyer::InvalidPostcode", "20180", "2018"),
        ("Buyer::InvalidChangwat", #""20""#, #""99""#),
        ("Buyer::InvalidAmphoe", #""2009""#, #""9909""#),
        ("Buyer::InvalidTambon", #""200905""#, #""200999""#),
        ("Buyer::AmphoeNotInChangwat", #""2009""#, #""5001""#),
        ("Buyer::TambonNotInAmphoe", #""200905""#, #""500101""#),
    ]

    static let exceptions: [Case] = {
        var cases: [Case] = []
        for (subject, example) in initiating {
            let hasBuyer = subject == .initiateWithTaxInvoice || subject == .initiateWithReceipt
            for change in changes + (hasBuyer ? buyerChanges : []) {
                let data = example.replacing(change.find, with: change.put, maxReplacements: 1)
                cases.append(Case(subject: subject, code: change.code, data: data))
            }
            for code in ["Certificate::NotReady", "Fund::InsufficientBalance", "Seller::NotConfigured"] {
                cases.append(Case(subject: subject, code: code, data: example, isAccount: true))
            }
        }
        let transaction = #"{"transaction_id":"nobody's"}"#
        let document = #"{"document_id":"nobody's"}"#
        cases += [
            Case(subject: .hello, code: "SchemaViolation", data: "{}"),
            Case(subject: .showTransaction, code: "NotFound", data: transaction),
            Case(subject: .showTransaction, code: "SchemaViolation", data: #"{"transaction_id":1}"#),
            Case(subject: .latestPDF, code: "NotFound", data: transaction),
            Case(subject: .latestPDF, code: "NotFound", data: #"{"transaction_id":"STUB"}"#),
            Case(subject: .latestPDF, code: "DocumentPending", data: #"{"transaction_id":"PENDING"}"#),
            Case(
                subject: .latestPDF, code: "DocumentPending",
                data: #"{"transaction_id":"PENDING","deferrable":false}"#),
            Case(
                subject: .latestPDF, code: "SchemaViolation",
                data: #"{"transaction_id":"PENDING","deferrable":"true"}"#),
            Case(subject: .setTags, code: "NotFound", data: #"{"transaction_id":"nobody's","tags":[]}"#),
            Case(subject: .setTags, code: "SchemaViolation", data: #"{"transaction_id":"STUB"}"#),
            Case(
                subject: .setTags, code: "SchemaViolation", data: #"{"transaction_id":"STUB","tags":["a","b","c"]}"#),
            Case(
                subject: .setTags, code: "SchemaViolation",
                data: #"{"transaction_id":"STUB","tags":["\#(String(repeating: "ก", count: 101))"]}"#),
            Case(subject: .setTags, code: "SchemaViolation", data: #"{"transaction_id":"STUB","tags":[1]}"#),
            Case(subject: .listByTag, code: "SchemaViolation", data: "{}"),
            Case(subject: .listByTag, code: "SchemaViolation", data: #"{"tag":"x","include_documents":"some"}"#),
            Case(subject: .showDocument, code: "NotFound", data: document),
            Case(subject: .showDocument, code: "SchemaViolation", data: "{}"),
            Case(subject: .listByTransaction, code: "SchemaViolation", data: "{}"),
            Case(subject: .downloadPDF, code: "NotFound", data: document),
            Case(subject: .downloadPDF, code: "NotReady", data: #"{"document_id":"PENDINGD1"}"#),
            Case(subject: .downloadPDF, code: "SchemaViolation", data: #"{"document_id":"PENDINGD1","redirect":1}"#),
            Case(subject: .downloadXML, code: "NotFound", data: document),
            Case(subject: .downloadXML, code: "NotReady", data: #"{"document_id":"PENDINGD1","redirect":true}"#),
            Case(
                subject: .streamGenerated, code: "AmbiguousInstruction",
                data: #"{"from":"2026-11-20T10:15:00+07:00","continuation_token":"x"}"#),
            Case(subject: .streamGenerated, code: "InvalidContinuationToken", data: #"{"continuation_token":"x"}"#),
            Case(subject: .streamGenerated, code: "SchemaViolation", data: "{}"),
            Case(subject: .streamGenerated, code: "SchemaViolation", data: #"{"from":"yesterday"}"#),
            Case(subject: .streamGenerated, code: "SchemaViolation", data: #"{"from":1}"#),
        ]
        for limit in ["0", "1001", "1.5", "\"5\"", "null"] {
            let data = #"{"from":"2026-11-20T10:15:00Z","limit":\#(limit)}"#
            cases.append(Case(subject: .streamGenerated, code: "SchemaViolation", data: data))
        }
        return cases
    }()

    @Test("every documented exception is answered, and nothing is done", arguments: exceptions)
    func exception(of example: Case) async throws {
        let configure: (inout SlimeSimulator.Configuration) -> Void = {
            $0.themes = [
                .retailHatsu, .init(id: "nothing", documentTypes: [], languages: ["tha"]),
                .init(id: "english", languages: ["eng"]),
            ]
            $0.documents.delay = nil
        }
        try await withSlime(configure) { slime async throws in
            for id in ["STUB", "TAKEN-ES-0001", "TAKEN-ES-0002", "TAKEN-TAX-INVOICE-0001", "TAKEN-RECEIPT-0001"] {
                #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale(id)).code == "success")
            }
            #expect(try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("PENDING")).code == "success")
            if example.isAccount {
                await slime.simulator.inject(
                    .init(.exception(code: example.code), subject: example.subject.rawValue, times: 1))
            }
            let answer = try await slime.call(example.subject.rawValue, example.data)
            #expect(answer.code == example.code, "\(answer.text)")
            #expect(await slime.simulator.counters.totals.registered == 6)
            #expect(await slime.simulator.documents().count == 1)
        }
    }

    @Test("every subject fails in every way, before acting and after", arguments: SlimeSimulator.Subject.allCases)
    func failures(of subject: SlimeSimulator.Subject) async throws {
        let example = try #require(PageExamples.all.first { $0.subject == subject })
        let faults: [(SlimeSimulator.Fault.Kind, acts: Bool)] = [
            (.unavailable(status: 503), false), (.unavailable(status: 429, retryAfter: .seconds(1)), false),
            (.loseAnswerBeforeActing, false), (.exception(code: "Some::Code"), false), (.garbage, false),
            (.slow(.milliseconds(1)), true), (.loseAnswerAfterActing, true), (.truncated, true),
            (.packed(.gzip), true),
        ]
        for (kind, acts) in faults {
            try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
                for id in ["TEST-TRANSACTION-0001", "MY-TRANSACTION-001", "TEST-TRANSACTION-001"] {
                    _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice(id))
                }
                await slime.simulator.inject(.init(kind, subject: subject.rawValue, times: 1))
                let failed = try? await slime.call(subject.rawValue, example.data)
                #expect(failed?.code != "success" || kind == .slow(.milliseconds(1)) || kind == .packed(.gzip))
                let registered = await slime.simulator.totals.registeredBySubject[subject.rawValue, default: 0]
                let before = subject == .initiateWithTaxInvoice ? 3 : 0
                #expect(registered == before + (acts && subject.documentType != nil ? 1 : 0), "\(kind)")
                let code = acts && subject.documentType != nil ? "Trade::Initiated" : "success"
                #expect(try await slime.call(subject.rawValue, example.data).code == code, "\(kind)")
            }
        }
    }

    @Test(
        "a subject that the page has not is unknown", arguments: ["test/bye", "trading-document/delete", "TEST/HELLO"])
    func unknown(subject: String) async throws {
        try await withSlime { slime async throws in
            #expect(try await slime.call(subject, "{}").code == "JWT::InvalidSubject")
        }
    }

    @Test("what a subject registers, it registers once and under its own name")
    func registered() async throws {
        try await withSlime { slime async throws in
            for (subject, example) in Self.initiating {
                #expect(try await slime.call(subject.rawValue, example).code == "success")
                #expect(try await slime.call(SlimeCaller.stub, example).code != "success")
            }
            let counters = await slime.simulator.counters
            #expect(
                counters.totals.registeredBySubject
                    == Dictionary(
                        uniqueKeysWithValues: Self.initiating.map { ($0.0.rawValue, 1) }))
            // All but the stub have a document.
            #expect(counters.documents == 3)
            #expect(
                await slime.simulator.documents().map(\.id) == [
                    "TEST-ES-0001D1", "TEST-TAX-INVOICE-0001D1", "TEST-RECEIPT-0001D1",
                ])
            #expect(await slime.simulator.sentWithOtherBytes().count == 3)
        }
    }
}
