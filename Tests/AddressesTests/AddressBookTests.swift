import Testing

@testable import Addresses

@Suite struct AddressBookTests {
    @Test("a place is found by its id, and has its title as an address has it")
    func titles() throws {
        let samaesan = try #require(AddressBook.tambon(id: "200905"))
        #expect(samaesan.amphoe.id == "2009")
        #expect(samaesan.changwat.id == "20")
        #expect(samaesan.postCodes == ["20180"])
        #expect(samaesan.line.thai == "ตำบลแสมสาร อำเภอสัตหีบ จังหวัดชลบุรี")
        #expect(samaesan.line.english == "Samaesan, Sattahip, Chon Buri")
        let klongToei = try #require(AddressBook.tambon(id: "103301"))
        #expect(klongToei.name.thai == "คลองเตย")
        #expect(klongToei.amphoe.name.thai == "คลองเตย", "without เขต")
        #expect(klongToei.line.thai == "แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร")
        #expect(klongToei.line.english == "Khlong Toei, Khlong Toei, Bangkok")
        #expect(AddressBook.amphoe(id: "1001")?.thaiTitle == "เขตพระนคร")
        #expect(AddressBook.changwat(id: "10")?.thaiTitle == "กรุงเทพมหานคร")
        #expect(AddressBook.changwat(id: "20")?.thaiTitle == "จังหวัดชลบุรี")
    }

    @Test(
        "an id that no place has finds none",
        arguments: [
            "", "1", "97", "00", "2000", "2099", "200999", "999999", "20090", "0200905", "200905 ", "+20090", "๒๐๐๙๐๕",
            "20090\u{0}", "-20090", "99999999999999999999",
        ])
    func unknownID(id: String) {
        #expect(AddressBook.tambon(id: id) == nil)
        #expect(AddressBook.amphoe(id: id) == nil)
        #expect(AddressBook.changwat(id: id) == nil)
    }

    @Test("an id is that of its own level alone")
    func levels() {
        #expect(AddressBook.tambon(id: "2009") == nil)
        #expect(AddressBook.amphoe(id: "200905") == nil && AddressBook.amphoe(id: "20") == nil)
        #expect(AddressBook.changwat(id: "2009") == nil)
    }

    @Test(
        "a post code that no tambon has finds none",
        arguments: ["", "00000", "99999", "1011", "101100", "๑๐๑๑๐", "10 11"])
    func unknownPostCode(code: String) {
        #expect(AddressBook.tambons(postCode: code).isEmpty)
    }

    @Test(
        "a tambon has several post codes where its parts have",
        arguments: [("100203", ["10300", "10303"]), ("103303", ["10110", "10260"]), ("841207", ["84120", "84240"])])
    func several(id: String, codes: [String]) {
        #expect(AddressBook.tambon(id: id)?.postCodes == codes)
        for code in codes { #expect(AddressBook.tambons(postCode: code).contains { $0.id == id }) }
    }
}
