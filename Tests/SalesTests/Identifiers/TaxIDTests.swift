import Testing

@testable import Sales

@Suite struct TaxIDTests {
    @Test(
        "numbers with the right check digit are accepted",
        // 0105561000003 by hand: 12·1 + 10·5 + 9·5 + 8·6 + 7·1 = 162, 11 − 162 mod 11 = 3.
        arguments: ["0105561000003", "1111111111119", "0000000000001"])
    func accepted(text: String) throws {
        #expect(try #require(TaxID(text)).text == text)
    }

    // The third digit has weight 11, which modulus 11 does not see: that is the number's own weakness.
    @Test("an error in a single digit is found", arguments: (0..<13).filter { $0 != 2 })
    func singleDigitErrors(position: Int) {
        let right = Array("0105561000003")
        for digit in "0123456789" where digit != right[position] {
            var wrong = right
            wrong[position] = digit
            #expect(TaxID(String(wrong)) == nil, "\(String(wrong))")
        }
    }

    @Test(
        "what is not thirteen ASCII digits is refused",
        arguments: [
            "", "010556100000", "01055610000030", "0105561000003 ", "0-1055-61000-00-3", "๐๑๐๕๕๖๑๐๐๐๐๐๓",
            "010556100000３", "010556100000x",
        ])
    func refused(text: String) {
        #expect(TaxID(text) == nil)
    }
}
