import Foundation
import Journey
import Outbox
import PrintQueue
import Receipts
import Sales
import Testing

@Suite struct WithdrawnPaperTests {
    @Test("no paper shows the link of a document that is taken back, or is to be, nor says that one is on its way")
    func link() throws {
        let papers = try Shop.papers()
        let machine = JobMachine(
            state: .done, step: .follow, made: .init(id: "D-1", result: "https://app.example/1"))
        func link(_ withdrawal: SaleRegistration.Withdrawal?) -> PaperLink {
            papers.link(of: SaleRegistration(job: 1, provider: .slime, machine: machine, withdrawal: withdrawal), nil)
        }
        #expect(link(nil) == .there("https://app.example/1", offers: .fullInvoice))
        #expect(link(.asked(at: .distantPast)) == .withdrawn)
        #expect(link(.done(at: .distantPast)) == .withdrawn)
    }

    @Test("a slip whose link is gone is no empty paper: it ends with the reason")
    func slip() throws {
        let papers = try Shop.papers()
        let event = """
            {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"ก","unit_price":"15","quantity":"1","vatable":true}]}}
            """
        let sale = try SaleDecoder(defaults: Shop.defaults()).decode(Array(event.utf8), receivedAt: Date()).sale
        for (link, reason) in [(PaperLink.withdrawn, "withdrawn"), (.replaced, "a full tax invoice")] {
            let content = papers.content(of: .qrSlip, for: sale, with: link)
            #expect(content.blocks.isEmpty && content.lacking?.contains(reason) == true)
            #expect(papers.content(of: .receipt(.copy(number: 1)), for: sale, with: link).lacking == nil)
        }
    }
}
