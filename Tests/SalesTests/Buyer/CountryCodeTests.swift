import Testing

@testable import Sales

@Suite struct CountryCodeTests {
    @Test("ISO 3166-1 has assigned 249 codes, each of two capitals")
    func count() {
        #expect(CountryCode.assigned.count == 249)
        #expect(CountryCode.assigned.allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy { (65...90).contains($0) } })
        #expect(CountryCode("TH") == .thailand)
    }

    @Test(
        "codes that look like one and are none are refused",
        arguments: ["", "th", "THA", "UK", "EU", "XK", "AN", "001", "ZZ", "ＴＨ", "T\u{200B}H"])
    func unassigned(text: String) {
        #expect(CountryCode(text) == nil)
    }
}
