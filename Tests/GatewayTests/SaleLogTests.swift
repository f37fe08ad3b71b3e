import Gateway
import Monitoring
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct SaleLogTests {
    /// The loops log as well.
    private func saleLines(of book: LogBook) -> [String] { book.all.map(\.text).filter { $0.hasPrefix("sale done") } }

    @Test("a sale has one line, once its paper and its registration are done, whoever is last")
    func oneLine() async throws {
        let book = LogBook()
        try await Shop.open(saleLog: book.logger) { shop in
            let id = try await shop.sell("A", from: .till("uid=1000"))
            _ = try await shop.sales.sale(id, reaching: .printed, within: .seconds(30))
            _ = try await shop.sales.sale(id, reaching: .registered, within: .seconds(30))
            let lines = saleLines(of: book)
            #expect(lines.count == 1, "\(lines)")
            #expect(lines.first?.hasPrefix("sale done ") == true)
            for part in ["peer=uid=1000", "print.state=printed", "registration.state=ready", "sale.id=A"] {
                #expect(lines.first?.contains(part) == true, "\(part) in \(lines)")
            }
            #expect(lines.first?.contains("http") == false)
        }
    }

    @Test("a sale handed in again has no second line") func again() async throws {
        let book = LogBook()
        try await Shop.open(saleLog: book.logger) { shop in
            let id = try await shop.sell("A")
            _ = try await shop.sales.sale(id, reaching: .printed, within: .seconds(30))
            _ = try await shop.sales.sale(id, reaching: .registered, within: .seconds(30))
            try await shop.sell("A")
            #expect(saleLines(of: book).count == 1)
        }
    }
}
