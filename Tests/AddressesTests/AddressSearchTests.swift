import Testing

@testable import Addresses

@Suite struct AddressSearchTests {
    private static func ids(_ text: String, limit: Int = 500) -> [String] {
        AddressBook.search(text, limit: limit).matches.map(\.id)
    }

    @Test("the tambon's own name comes first, then names that begin so, then its amphoe's, then the changwat's")
    func order() {
        #expect(Self.ids("คลองเตย") == ["103301", "103901", "103302", "103303"])
        #expect(Self.ids("Khlong Toei") == ["103301", "103901", "103302", "103303"])
        // Seven tambons of this name, and then the changwat's.
        let angThong = AddressBook.search("อ่างทอง", limit: 80).matches
        #expect(angThong.prefix(7).allSatisfy { $0.name.thai == "อ่างทอง" })
        #expect(angThong.dropFirst(7).allSatisfy { $0.changwat.name.thai == "อ่างทอง" } && angThong.count == 80)
        let nonthaburi = AddressBook.search("Nonthaburi", limit: 500).matches
        #expect(nonthaburi.allSatisfy { $0.changwat.id == "12" } && nonthaburi.count == 52)
    }

    @Test(
        "a name that begins with the text comes before every name that has it inside",
        arguments: ["บาง", "ตาก", "mae", "สุข"])
    func beginningFirst(text: String) {
        let key = NameKey(text)
        let begins = AddressBook.search(text, limit: .max).matches.map { tambon in
            [tambon.name, tambon.amphoe.name, tambon.changwat.name].flatMap { [$0.thai, $0.english] }
                .contains { NameKey($0).bytes.starts(with: key.bytes) }
        }
        #expect(begins.contains(true) && begins.contains(false))
        #expect(begins == begins.filter(\.self) + begins.filter { !$0 })
    }

    @Test("a tambon is found by its own name, among its equals by id", arguments: (0..<50).map { $0 * 148 })
    func own(index: Int) throws {
        let tambon = try #require(AddressTable.shared.tambon(AddressTable.shared.tambons[index]))
        for name in [tambon.name.thai, tambon.name.english] {
            let found = AddressBook.search(name, limit: .max).matches
            let equals = found.prefix {
                NameKey($0.name.thai) == NameKey(name) || NameKey($0.name.english) == NameKey(name)
            }
            #expect(equals.contains(tambon))
            #expect(equals.map(\.id) == equals.map(\.id).sorted())
        }
    }

    @Test(
        "several words narrow it down, in any order, and a pasted address is found whole",
        arguments: [
            "แสมสาร สัตหีบ", "สัตหีบ แสมสาร ชลบุรี", "Samaesan, Chon Buri", "ต.แสมสาร อ.สัตหีบ จ.ชลบุรี 20180",
            "ต. แสมสาร อ. สัตหีบ จ. ชลบุรี", "ตำบลแสมสาร อำเภอสัตหีบ จังหวัดชลบุรี 20180", "20180 แสม",
            "Samaesan Sub-district, Sattahip District, Chon Buri Province 20180", "samaesan+chon+buri", "แสมสาร/20180",
        ])
    func words(text: String) {
        #expect(Self.ids(text) == ["200905"])
    }

    @Test("with a word for its level a name is that of such a place")
    func levels() {
        #expect(Self.ids("เขตบางนา", limit: 2) == ["104702", "104703"])
        #expect(Self.ids("ต.บางนา").allSatisfy { AddressBook.tambon(id: $0)?.name.thai.contains("บางนา") == true })
        #expect(Self.ids("จ.ชลบุรี").allSatisfy { $0.hasPrefix("20") })
        // What looks like a word for a level may be a name.
        #expect(Self.ids("จ.ป.ร.").first == "850406")
        #expect(Self.ids("หลักเขต").contains("310122"))
        #expect(Self.ids("อ่างทอง", limit: 1).first.flatMap { AddressBook.tambon(id: $0) }?.name.thai == "อ่างทอง")
    }

    @Test("five digits are a post code, and กทม. is Bangkok")
    func others() {
        #expect(Self.ids("10110") == AddressBook.tambons(postCode: "10110").map(\.id))
        #expect(Self.ids("กทม.").count == 180)
        #expect(Self.ids("กทม 10110").count == 6)
    }

    @Test("no more than asked for, and whether there are more", arguments: [0, 1, 3, 4, 5, 500, -1, Int.min])
    func limit(limit: Int) {
        let found = AddressBook.search("คลองเตย", limit: limit)
        #expect(found.matches.count == min(4, max(0, limit)))
        #expect(found.more == (limit < 4))
    }

    @Test(
        "what is in no name finds none",
        arguments: ["", " ", ".", "-", "ๆ", "漢", "zzz", "คลองเตย ชลบุรี xyz", "99999", "\u{0}", "%", "+++", "ฯ"])
    func nothing(text: String) {
        let found = AddressBook.search(text, limit: 50)
        #expect(found.matches.isEmpty && !found.more, "\(found.matches.map(\.id))")
    }
}
