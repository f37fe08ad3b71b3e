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
            papers.link(of: SaleRegistration(job: 1, provider: .slime, machine: machine, withdrawal: withdrawal))
        }
        #expect(link(nil) == .there("https://app.example/1", offers: .fullInvoice))
        #expect(link(.asked(at: .distantPast)) == .withdrawn)
        #expect(link(.done(at: .distantPast)) == .withdrawn)
    }
}
