import Testing

@testable import Sales

@Suite struct DueDayTests {
    @Test("a sale on credit has a buyer, and is due on its own day or later", arguments: ["2026-11-20", "2027-01-31"])
    func due(day: String) throws {
        let event = try SampleEvent.decode(changing: [("/buyer", SampleBuyer.company), ("/due_on", "\"\(day)\"")])
        #expect(event.sale.dueOn == BangkokDay(day))
        #expect(try SampleEvent.decode(changing: [("/due_on", "null")]).sale.dueOn == nil)
    }

    @Test(
        "what cannot be due is a fault",
        arguments: [#""2026-11-19""#, #""20/12/2569""#, #""2026-02-30""#, "20261220"])
    func faults(json: String) throws {
        #expect(
            try SampleBuyer.faults(of: SampleBuyer.company, changing: [("/due_on", json)]).map(\.pointer) == ["/due_on"]
        )
    }

    @Test("without a buyer nobody owes anything")
    func nobody() throws {
        #expect(try SampleEvent.faults(changing: [("/due_on", #""2026-12-20""#)]).map(\.pointer) == ["/due_on"])
    }

    @Test("a document that is made out to nobody although there is a buyer is told of once, and nothing is to be added")
    func otherDocument() throws {
        let faults = try SampleBuyer.faults(
            of: SampleBuyer.company,
            changing: [("/due_on", #""2026-12-20""#), ("/document_type", #""abbreviated_tax_invoice""#)])
        #expect(faults.map(\.pointer) == ["/document_type"])
    }
}
