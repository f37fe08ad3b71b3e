import Testing

@testable import Sales

@Suite struct ReceiptDetailsTests {
    @Test(
        "cash changed hands where a payment says so, or where none is named",
        arguments: [
            ([], true), (["cash"], true), (["Cash"], true), (["card", "cash"], true), (["card"], false),
            (["promptpay", "voucher"], false),
        ])
    func cash(methods: [String], expected: Bool) throws {
        let amount = try #require(DecimalNumber("1"))
        var receipt = ReceiptDetails()
        receipt.payments = methods.map { Payment(method: $0, amount: amount) }
        #expect(receipt.wasPaidInCash == expected)
    }
}
