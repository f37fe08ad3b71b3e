import Sales
import Testing

@testable import Slime

@Suite struct RegistrationContextTests {
    @Test(
        "what is kept says which call it is and who chose the theme, and the usual needs no words",
        arguments: [
            ("tax_invoice_stub", false, nil), ("tax_invoice_stub", true, "own theme"),
            ("tax_invoice", false, "tax_invoice"),
            ("receipt", true, "receipt, own theme"),
            ("abbreviated_tax_invoice", true, "abbreviated_tax_invoice, own theme"),
        ] as [(String, Bool, String?)])
    func texts(type: String, namesItsTheme: Bool, text: String?) throws {
        let context = try #require(RegistrationContext(text))
        #expect((context.documentType.rawValue, context.namesItsTheme) == (type, namesItsTheme))
        #expect(context.text == text)
    }

    @Test(
        "what no gateway wrote is no context",
        arguments: ["invoice", "tax_invoice, receipt", "own theme, receipt", "x, own theme"])
    func others(text: String) {
        #expect(RegistrationContext(text) == nil)
    }
}
