import Testing

@testable import Sales

@Suite struct BranchIDTests {
    @Test("a branch is five digits", arguments: [("00000", true), ("00001", false), ("99999", false)])
    func accepted(text: String, isHeadOffice: Bool) throws {
        #expect(try #require(BranchID(text)).isHeadOffice == isHeadOffice)
    }

    @Test("nothing else is", arguments: ["", "0", "0000", "000000", "0000a", "๐๐๐๐๐", "0000 ", "-0001", "+0001"])
    func refused(text: String) {
        #expect(BranchID(text) == nil)
    }
}
