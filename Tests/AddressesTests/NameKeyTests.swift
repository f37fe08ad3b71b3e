import Testing

@testable import Addresses

@Suite struct NameKeyTests {
    @Test(
        "spellings that look alike are one key",
        arguments: [
            [
                "น้ำ", "น\u{0E49}\u{0E33}", "น\u{0E33}\u{0E49}", "น\u{0E4D}\u{0E32}\u{0E49}", "น\u{0E49}\u{0E4D}\u{0E32}",
                "น\u{0E4D}\u{0E49}\u{0E32}",
            ],
            ["คำ", "ค\u{0E33}", "ค\u{0E4D}\u{0E32}"], ["แม่", "เเม่", " แ ม\u{0E48} "],
            ["ที่", "ท\u{0E35}\u{0E48}", "ท\u{0E48}\u{0E35}"], ["บุ่ง", "บ\u{0E38}\u{0E48}ง", "บ\u{0E48}\u{0E38}ง"],
            ["สิทธิ์", "สิทธ\u{0E4C}\u{0E34}"], ["ตั้ง", "ต\u{0E49}\u{0E31}ง"],
            ["กรุงเทพฯ", "กรุงเทพ", "กรุง เทพ", "กรุง\u{200B}เทพ"],
            ["Ko Pha-ngan", "KO PHA NGAN", "kophangan", "Ko Pha\u{2011}ngan", "Ko Pha'ngan."],
            ["๑๐๑๑๐", "10110", "10-110"],
        ])
    func alike(spellings: [String]) {
        #expect(Set(spellings.map { NameKey($0) }).count == 1)
    }

    @Test(
        "spellings that differ are different keys",
        arguments: [
            ["คำ", "คา", "ค่า", "ค้ำ"], ["แม", "เม", "แม่"], ["ป้อม", "ปอม", "ป่อม"], ["a", "á", "ab", "1", "漢", "漢a"],
        ])
    func different(spellings: [String]) {
        #expect(Set(spellings.map { NameKey($0) }).count == spellings.count)
    }

    @Test(
        "what has no letter is empty",
        arguments: ["", " ", "-.,()'\"", "\u{200B}\u{200D}\u{FEFF}", "\n\t", "฿", "ฯ", "🙂"])
    func empty(text: String) {
        #expect(NameKey(text).isEmpty)
    }

    @Test("every name of the table is its own key, letter by letter")
    func table() {
        for tambon in AddressTable.shared.tambons.compactMap({ AddressTable.shared.tambon($0) }) {
            let plain = String(
                String.UnicodeScalarView(
                    tambon.name.thai.unicodeScalars.filter { !" .()-".unicodeScalars.contains($0) }))
            #expect(NameKey(tambon.name.thai).bytes == Array(plain.utf8), "\(tambon.id)")
        }
    }
}
