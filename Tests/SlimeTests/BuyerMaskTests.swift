import RemoteServices
import Testing

@testable import Slime

@Suite struct BuyerMaskTests {
    private static let request = Array(
        """
        {"transaction_id":"A-1","document":{"line_items":[{"name":"ข้าวโพดปิ้ง"}],"buyer_info":{"name":"สมชาย ใจดี",
        "identity":{"type":"NIDN","national_id_number":"1111111111119"},"email":"somchai@example.com",
        "phone_number":"081-234-5678","address":{"country_id":"TH","post_code":"10110","building_number":"99/1","floor":"3"}}}}
        """.utf8)

    @Test(
        "what Slime says of a request is kept without the buyer in it",
        arguments: [
            ("'somchai@example.com' is not an e-mail address", "'…' is not an e-mail address"),
            ("name สมชาย ใจดี is too long", "name … is too long"),
            ("1111111111119 failed at 081-234-5678 and 99/1", "… failed at … and …"),
            ("no such phone: 0812345678, mail: other@x.example", "no such phone: …, mail: …"),
            (#"name "\u0e2a\u0e21\u0e0a" is wrong"#, #"name "…" is wrong"#),
            (
                "'#/document/buyer_info/address' lacks 'tambon_id' on floor 3",
                "'#/document/buyer_info/address' lacks 'tambon_id' on floor 3"
            ),
            ("ข้าวโพดปิ้ง has unit code KGX", "ข้าวโพดปิ้ง has unit code KGX"),
        ])
    func masked(said: String, kept: String) {
        #expect(BuyerMask(Self.request).masked(said) == kept)
    }

    @Test("without a request that can be read, long numbers and addresses are taken out all the same")
    func unreadable() {
        #expect(BuyerMask([]).masked("1111111111119 a@b.co x") == "… … x")
    }

    private func failure(_ code: String) -> ServiceFailure {
        ServiceFailure(
            code: code, message: "Slime refused with \(code): สมชาย ใจดี", disposition: .reject, mayHaveActed: true,
            retryAfter: .seconds(3))
    }

    @Test(
        "a refusal about the buyer says in Thai and in English what to correct, and nothing of Slime's own words",
        arguments: SlimeException.Code.documented.map(\.text).filter { $0.hasPrefix("Buyer::") } + ["Buyer::NotBornYet"]
    )
    func advice(code: String) {
        let kept = failure(code).withoutBuyer(of: Self.request)
        #expect(kept.message.hasPrefix("Slime refused with \(code): "))
        #expect(kept.message.contains("ผู้ซื้อ") && kept.message.contains("buyer"))
        #expect(kept.message.contains("--buyer FILE") && kept.message.contains("--without-buyer"))
        #expect(!kept.message.contains("สมชาย"))
        #expect((kept.code, kept.disposition, kept.mayHaveActed, kept.retryAfter) == (code, .reject, true, .seconds(3)))
    }

    @Test("any other refusal keeps its words, but for the buyer")
    func other() {
        let kept = failure("SchemaViolation").withoutBuyer(of: Self.request)
        #expect(kept.message == "Slime refused with SchemaViolation: …")
    }
}
