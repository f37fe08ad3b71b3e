import Foundation
import JSON
import RemoteServices
import Sales
import Testing

@testable import Slime

/// Each answer as the page shows it, and each way in which a member can be wrong.
@Suite struct AnswerReadingTests {
    private func reader(_ text: String, _ subject: SlimeSubject) throws -> AnswerReader {
        guard case .object(let object) = try JSONParser.parse(Array(text.utf8)) else { throw FixtureError() }
        return AnswerReader(object: object, subject: subject)
    }

    private static let document = #"""
        {"id":"TEST-TRANSACTION-001D1","transaction_id":"TEST-TRANSACTION-001","sequence":1,"ready":true,
        "readied_at":"2023-11-21T09:26:02Z","xml_size":12942,"pdf_size":107229}
        """#

    private static let transaction = #"""
        {"id":"TEST-TRANSACTION-0001","initiated_at":"2023-11-20T11:38:57Z","trade_value":"90.0","tags":[],
        "system_tags":["NIDN:1234567851234"],"storage_used":120171,
        "service_url":"https://app.thai-document.slime.systems/projects/1234/x/0123456789abcdef",
        "documents":[{"id":"TEST-TRANSACTION-0001D1","sequence":1,"ready":true,"xml_size":12942,"pdf_size":107229}]}
        """#

    @Test("the page's document is read")
    func pageDocument() throws {
        let document = try ProvidedDocument(reader(Self.document, .showDocument))
        #expect(document.id.text == "TEST-TRANSACTION-001D1")
        #expect(document.transactionID == "TEST-TRANSACTION-001")
        #expect(document.sequence == 1 && document.isReady)
        #expect(document.readiedAt == Date(timeIntervalSince1970: 1_700_558_762))
        #expect(document.sizes == DocumentSizes(pdf: 107_229, xml: 12_942))
    }

    @Test("what a document that is not made yet lacks, it may lack")
    func unready() throws {
        let text = #"{"id":"A/D1","transaction_id":"A/","sequence":2,"ready":false,"readied_at":null}"#
        let document = try ProvidedDocument(reader(text, .showDocument))
        #expect(!document.isReady && document.readiedAt == nil && document.sizes == DocumentSizes())
    }

    @Test(
        "a document with a wrong member is none, and the words name the member and not what it holds",
        arguments: [
            (#""id":"TEST-TRANSACTION-001D1""#, #""id":"../SECRET""#, "id"),
            (#""id":"TEST-TRANSACTION-001D1""#, #""id":7"#, "id"),
            (#""id":"TEST-TRANSACTION-001D1","#, "", "id"),
            (#""transaction_id":"TEST-TRANSACTION-001","#, "", "transaction_id"),
            (#""transaction_id":"TEST-TRANSACTION-001""#, #""transaction_id":"SECRET คน""#, "transaction_id"),
            (#""sequence":1"#, #""sequence":-1"#, "sequence"), (#""sequence":1"#, #""sequence":"1""#, "sequence"),
            (#""sequence":1"#, #""sequence":1.5"#, "sequence"), (#""ready":true"#, #""ready":"SECRET""#, "ready"),
            (#""ready":true,"#, "", "ready"), ("2023-11-21T09:26:02Z", "SECRET", "readied_at"),
            ("2023-11-21T09:26:02Z", "2566-11-31T09:26:02Z", "readied_at"), ("12942", "-1", "xml_size"),
            ("107229", #""SECRET""#, "pdf_size"), ("107229", "1e5", "pdf_size"),
            ("107229", "99999999999999999999", "pdf_size"),
        ])
    func wrongDocument(part: String, other: String, member: String) throws {
        let text = Self.document.replacing(part, with: other)
        try #require(text != Self.document)
        do {
            _ = try ProvidedDocument(reader(text, .showDocument))
            Issue.record("it was read: \(text)")
        } catch let error as SlimeError {
            #expect(error.kind == .unintelligible)
            #expect(error.message == "Slime answered trading-document/show without a usable \"\(member)\"")
        }
    }

    @Test("the page's transaction is read, without its link and Slime's own tags")
    func pageTransaction() throws {
        let transaction = try ProvidedTransaction(reader(Self.transaction, .show), hasDocuments: true)
        #expect(transaction.id == "TEST-TRANSACTION-0001")
        #expect(transaction.tradeValue == ExactAmount("90").map(ProviderTotal.amount))
        #expect(transaction.initiatedAt == Date(timeIntervalSince1970: 1_700_480_337))
        #expect(transaction.documents?.map(\.transactionID) == ["TEST-TRANSACTION-0001"])
        #expect(!"\(transaction)".contains("https://") && !"\(transaction)".contains("NIDN"))
        #expect(try ProvidedTransaction(reader(Self.transaction, .show), hasDocuments: false).documents == nil)
    }

    @Test(
        "a transaction with a wrong member is none",
        arguments: [
            (#""id":"TEST-TRANSACTION-0001""#, #""id":"""#, "id"),
            ("2023-11-20T11:38:57Z", "SECRET", "initiated_at"), (#""tags":[]"#, #""tags":[7]"#, "tags"),
            (#""tags":[]"#, #""tags":"SECRET""#, "tags"), (#""documents":["#, #""papers":["#, "documents"),
            (#""sequence":1"#, #""sequence":1,"transaction_id":"OTHER""#, "transaction_id"),
        ])
    func wrongTransaction(part: String, other: String, member: String) throws {
        let text = Self.transaction.replacing(part, with: other)
        try #require(text != Self.transaction)
        do {
            _ = try ProvidedTransaction(reader(text, .show), hasDocuments: true)
            Issue.record("it was read: \(text)")
        } catch let error as SlimeError {
            #expect(error.message == "Slime answered trading-transaction/show without a usable \"\(member)\"")
        }
    }

    @Test("the documents of a transaction come in their sequence, whatever their order in the answer")
    func sequence() throws {
        let entries = [3, 1, 2].map { #"{"id":"A\#($0)","sequence":\#($0),"ready":true}"# }.joined(separator: ",")
        let list = try ProvidedDocument.list(reader("{\"documents\":[\(entries)]}", .listDocuments), of: "A")
        #expect(list.map(\.sequence) == [1, 2, 3])
    }
}
