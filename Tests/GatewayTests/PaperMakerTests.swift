import Foundation
import Gateway
import Raster
import Receipts
import Sales
import Testing

@Suite(.timeLimit(.minutes(2))) struct PaperMakerTests {
    private func sale(lines: Int, name: String, description: String) throws -> Sale {
        let line =
            #"{"name":"\#(name)","description":"\#(description)","unit_price":"15","quantity":"1","vatable":true}"#
        let text = """
            {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            \(Array(repeating: line, count: lines).joined(separator: ","))]}}
            """
        return try SaleDecoder(defaults: Shop.defaults()).decode(Array(text.utf8), receivedAt: Date()).sale
    }

    @Test("a receipt that is too long for any roll is printed without descriptions, and says so")
    func tooLong() async throws {
        // As long as a name may be: on lines of its own, and then more than lines can hold.
        let long = String(repeating: #"W\n"#, count: 19) + String(repeating: "W", count: 218)
        let maker = try Shop.papers()
        let (paper, lacking) = try await maker.preview(
            sale(lines: 1_000, name: long, description: long), with: .awaited)
        #expect(paper.height > 100_000)
        #expect(lacking?.contains("no descriptions and notes") == true)
        let (_, nothing) = try await maker.preview(sale(lines: 1, name: long, description: long), with: .awaited)
        #expect(nothing == nil)
    }

    @Test("every sale that is accepted has room for its names", arguments: [256, 384, 576, 1_024])
    func widestNames(dots: Int) async throws {
        let widest = String(repeating: "W", count: 256)
        let (paper, _) = try await Shop.papers(dots: dots).preview(
            sale(lines: 1_000, name: widest, description: widest), with: .awaited)
        #expect(paper.height > 100_000)
    }

    @Test("of a link that does not fit, the paper says that it can be had from the shop", arguments: [256, 384])
    func link(dots: Int) async throws {
        let maker = try Shop.papers(dots: dots)
        let sale = try sale(lines: 1, name: "ก", description: "")
        let (without, lacking) = try await maker.preview(
            sale, with: .there("https://app.example/" + String(repeating: "k", count: 400), offers: .fullInvoice))
        #expect(lacking?.contains("420 bytes") == true)
        #expect(lacking?.contains("kkk") == false)
        let (later, nothing) = try await maker.preview(sale, with: .awaited)
        #expect(nothing == nil)
        #expect(without.height > later.height, "one sentence more")
    }
}
