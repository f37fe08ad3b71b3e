import Foundation
import JSON
import Sales
import Testing

@testable import GatewayAPI

@Suite struct TransactionResourceTests {
    private func document() throws -> ProvidedDocument {
        ProvidedDocument(
            id: try #require(DocumentID("A/1D1")), transactionID: "A/1", sequence: 1, isReady: true,
            readiedAt: Date(timeIntervalSince1970: 1_795_144_500), sizes: DocumentSizes(pdf: 107_229))
    }

    @Test("documents are written with what is known of them, and read back")
    func documents() throws {
        let list = DocumentList([DocumentResource(try document(), archived: true), DocumentResource()])
        let text = #"""
            {"documents":[{"id":"A/1D1","sequence":1,"ready":true,"readied_at":"2026-11-20T03:15:00.000Z",\#
            "pdf_size":107229,"xml_size":null,"archived":true},\#
            {"id":"","sequence":0,"ready":false,"readied_at":null,"pdf_size":null,"xml_size":null,"archived":false}],"prints":[]}
            """#
        #expect(list.json.text == text)
        #expect(try DocumentList(json: JSONParser.parse(Array(text.utf8))) == list)
    }

    @Test("documents that were not asked for are null, and none are an empty list")
    func transactions() throws {
        var bare = TransactionResource()
        bare.transactionID = "A/1"
        bare.tags = ["order:1", "ลูกค้า"]
        var full = bare
        full.tradeValue = "90.00"
        full.documents = []
        let list = TransactionList([bare, full])
        let text = #"""
            {"transactions":[{"transaction_id":"A/1","initiated_at":null,"trade_value":null,"tags":["order:1","ลูกค้า"],\#
            "documents":null},{"transaction_id":"A/1","initiated_at":null,"trade_value":"90.00",\#
            "tags":["order:1","ลูกค้า"],"documents":[]}]}
            """#
        #expect(list.json.text == text)
        #expect(try TransactionList(json: JSONParser.parse(Array(text.utf8))) == list)
    }

    @Test("a transaction beside its sale has both in one object")
    func saleTransaction() throws {
        var transaction = TransactionResource()
        transaction.transactionID = "A"
        transaction.tradeValue = "1.00"
        let found = SaleTransactionResource(transaction, total: "2.00", comparison: "differs")
        #expect(
            found.json.text
                == #"{"transaction_id":"A","initiated_at":null,"trade_value":"1.00","tags":[],"documents":null,"#
                + #""total":"2.00","comparison":"differs"}"#)
        #expect(try SaleTransactionResource(json: found.json) == found)
    }

    @Test(
        "what is no list of strings is told with its place",
        arguments: [(#"{"tags":7}"#, "tags is no array"), (#"{"tags":["a",7]}"#, "tags[1] is no string")])
    func wrongTags(text: String, detail: String) throws {
        #expect(throws: WireFault(detail: detail)) { try TagsResource(json: JSONParser.parse(Array(text.utf8))) }
    }
}
