import Testing

@testable import Addresses

/// Addresses as people write them, against the table.
@Suite struct AddressMatchingTests {
    private static func ids(
        _ subDistrict: String, _ district: String, _ province: String, _ postCode: String? = nil
    ) -> [String] {
        AddressBook.matching(subDistrict: subDistrict, district: district, province: province, postCode: postCode)
            .map(\.id)
    }

    @Test("every tambon is the only one of its names, in Thai bare or with the words of an address")
    func everyThai() {
        for (number, row) in AddressTable.shared.tambons.enumerated() {
            guard let tambon = AddressTable.shared.tambon(row) else { continue }
            let (amphoe, changwat) = (tambon.amphoe, tambon.changwat)
            #expect(Self.ids(tambon.name.thai, amphoe.name.thai, changwat.name.thai) == [tambon.id])
            // The words are the same for all.
            guard number.isMultiple(of: 7) || changwat.id == "10" else { continue }
            for code in tambon.postCodes {
                #expect(Self.ids(tambon.thaiTitle, amphoe.thaiTitle, changwat.thaiTitle, code) == [tambon.id])
            }
        }
    }

    @Test("every tambon is found by its English names, and only two pairs cannot be told apart by them")
    func everyEnglish() {
        var twins: Set<[String]> = []
        for tambon in AddressTable.shared.tambons.compactMap({ AddressTable.shared.tambon($0) }) {
            let names = [tambon.name, tambon.amphoe.name, tambon.changwat.name].map { $0.english.uppercased() }
            let ids = Self.ids(names[0], names[1], names[2])
            #expect(ids.contains(tambon.id), "\(tambon.id)")
            if ids.count > 1 { twins.insert(ids) }
        }
        // Mae Kha in Fang; and Bang Sai of Phra Nakhon Si Ayutthaya, which is two amphoes.
        #expect(twins.allSatisfy { $0.allSatisfy { $0.hasPrefix("5009") || $0.hasPrefix("14") } }, "\(twins)")
        #expect(twins.contains { $0.allSatisfy { $0.hasPrefix("5009") } }, "\(twins)")
    }

    @Test(
        "words for the level, white space, case and Thai that was typed in another order do not count",
        arguments: [
            ("แสมสาร", "สัตหีบ", "ชลบุรี", "200905"),
            ("ตำบลแสมสาร", "อำเภอสัตหีบ", "จังหวัดชลบุรี", "200905"),
            ("ต.แสมสาร", "อ.สัตหีบ", "จ.ชลบุรี", "200905"),
            (" ต. แสมสาร ", "อ. สัตหีบ", "จ. ชล บุรี", "200905"),
            ("ต แสมสาร", "อ สัตหีบ", "จ ชลบุรี", "200905"),
            ("เเสมสาร", "สัตหีบ", "ชลบุรี", "200905"),
            ("Samaesan", "SATTAHIP", "chonburi", "200905"),
            ("Tambon Samaesan", "Amphoe Sattahip", "Changwat Chon Buri", "200905"),
            ("Samaesan Sub-district", "Sattahip District", "Chonburi Province", "200905"),
            ("Samaesan Subdistrict,", "Amphur Sattahip", "Chon-Buri", "200905"),
            ("แสมสาร", "Sattahip", "ชลบุรี", "200905"),
            ("แขวงคลองเตย", "เขตคลองเตย", "กทม.", "103301"),
            ("แขวง คลองเตย", "เขต คลองเตย", "กทม", "103301"),
            ("คลองเตย", "คลองเตย", "กรุงเทพ", "103301"),
            ("คลองเตย", "คลองเตย", "กรุงเทพฯ", "103301"),
            ("คลองเตย", "คลองเตย", "จังหวัดกรุงเทพมหานคร", "103301"),
            ("ตำบลคลองเตย", "อำเภอคลองเตย", "กรุงเทพมหานครฯ", "103301"),
            ("Khwaeng Khlong Toei", "Khet Khlong Toei", "Krung Thep", "103301"),
            ("khlong toei", "khlongtoei", "BANGKOK", "103301"),
            ("ตลาด", "เมือง", "สุราษฎร์ธานี", "840101"),
            ("ตลาด", "อ.เมือง", "สุราษฎร์ธานี", "840101"),
            ("ตลาด", "อำเภอเมือง สุราษฎร์ธานี", "จ.สุราษฎร์ธานี", "840101"),
            ("Talat", "Muang", "Surat Thani", "840101"),
            ("ประตูชัย", "พระนครศรีอยุธยา", "อยุธยา", "140101"),
            ("ปอภาร (ปอพาน)", "เมืองร้อยเอ็ด", "ร้อยเอ็ด", "450109"),
            ("ปอภาร", "เมืองร้อยเอ็ด", "ร้อยเอ็ด", "450109"),
            ("ต.ปอพาน", "เมือง", "ร้อยเอ็ด", "450109"),
            ("ต.จ.ป.ร.", "กระบุรี", "ระนอง", "850406"),
            ("จปร", "กระบุรี", "ระนอง", "850406"),
            ("สุไหงโกลก", "สุไหงโก-ลก", "นราธิวาส", "961001"),
            ("น้ำริด", "เมือง", "อุตรดิตถ์", "530108"),
            ("นำ้ริด", "เมือง", "อุตรดิตถ์", "530108"),
            ("น\u{0E49}\u{0E4D}\u{0E32}ริด", "เมือง", "อุตรดิตถ์", "530108"),
            ("น\u{0E4D}\u{0E49}\u{0E32}ริด", "เมือง", "อุตรดิตถ์", "530108"),
            ("\u{200B}น้ำ\u{00A0}ริด\u{FEFF}", "เมือง", "อุตรดิตถ์", "530108"),
        ])
    func tolerant(subDistrict: String, district: String, province: String, id: String) {
        #expect(Self.ids(subDistrict, district, province) == [id])
    }

    @Test(
        "what is no such place, or not there, is none",
        arguments: [
            ("คลองเตย", "วัฒนา", "กรุงเทพมหานคร"), ("คลองเตย", "คลองเตย", "ชลบุรี"), ("คลอง", "คลองเตย", "กทม."),
            ("คลองเตยไกล", "คลองเตย", "กทม."), ("", "คลองเตย", "กทม."), ("คลองเตย", "", "กทม."),
            ("คลองเตย", "คลองเตย", ""),
            ("ต.", "อ.", "จ."), ("แขวง", "เขต", "จังหวัด"), ("คลองเตย", "เมือง", "กทม."), ("漢คลองเตย", "คลองเตย", "กทม."),
            ("คลองเตย1", "คลองเตย", "กทม."), ("แสมสาร", "เมือง", "ชลบุรี"), ("-", "-", "-"),
        ])
    func none(subDistrict: String, district: String, province: String) {
        #expect(Self.ids(subDistrict, district, province).isEmpty)
    }

    @Test("a post code has to be one of the tambon's")
    func postCode() {
        for (code, isIts) in [
            ("10110", true), ("10260", true), (" 10110 ", true), ("๑๐๑๑๐", true), ("10120", false), ("1011", false),
            ("", false),
        ] {
            #expect(Self.ids("พระโขนง", "คลองเตย", "กทม.", code) == (isIts ? ["103303"] : []), "\(code)")
        }
    }
}
