/// What GeoThai's own files say (geothai 3.2.1, data of 2026.10.23), read apart from scripts/addresses: fifty tambons at
/// random and some peculiar ones, and sums over all of them. A new edition of the table brings new figures.
enum Golden {
    /// The tambon's id, its names from the tambon upwards, its post codes.
    static let tambons: [(id: String, thai: String, english: String, postCodes: String)] = [
        ("101503", "บางยี่เรือ/ธนบุรี/กรุงเทพมหานคร", "Bang Yi Ruea/Thon Buri/Bangkok", "10600"),
        ("103301", "คลองเตย/คลองเตย/กรุงเทพมหานคร", "Khlong Toei/Khlong Toei/Bangkok", "10110"),
        ("103602", "สีกัน/ดอนเมือง/กรุงเทพมหานคร", "Si Kan/Don Mueang/Bangkok", "10210"),
        ("140411", "บ้านกลึง/บางไทร/พระนครศรีอยุธยา", "Ban Klueng/Bang Sai/Phra Nakhon Si Ayutthaya", "13190"),
        ("141207", "มารวิชัย/เสนา/พระนครศรีอยุธยา", "Manwichai/Sena/Phra Nakhon Si Ayutthaya", "13110"),
        ("150101", "ตลาดหลวง/เมืองอ่างทอง/อ่างทอง", "Talat Luang/Mueang Ang Thong/Ang Thong", "14000"),
        ("150410", "ยางช้าย/โพธิ์ทอง/อ่างทอง", "Yang Chai/Pho Thong/Ang Thong", "14120"),
        ("170610", "โพธิ์ชัย/อินทร์บุรี/สิงห์บุรี", "Pho Chai/In Buri/Sing Buri", "16110"),
        ("200702", "สุรศักดิ์/ศรีราชา/ชลบุรี", "Surasak/Si Racha/Chon Buri", "20110"),
        ("200905", "แสมสาร/สัตหีบ/ชลบุรี", "Samaesan/Sattahip/Chon Buri", "20180"),
        ("250107", "ดงพระราม/เมืองปราจีนบุรี/ปราจีนบุรี", "Dong Phra Ram/Mueang Prachin Buri/Prachin Buri", "25000"),
        ("270505", "หนองน้ำใส/วัฒนานคร/สระแก้ว", "Nong Nam Sai/Watthana Nakhon/Sa Kaeo", "27160"),
        ("311704", "ดงอีจาน/โนนสุวรรณ/บุรีรัมย์", "Dong I Chan/Non Suwan/Buri Ram", "31110"),
        ("321304", "ตาวัง/บัวเชด/สุรินทร์", "Ta Wang/Buachet/Surin", "32230"),
        ("321404", "ตาเมียง/พนมดงรัก/สุรินทร์", "Ta Miang/Phanom Dong Rak/Surin", "32140"),
        ("330605", "สุขสวัสดิ์/ไพรบึง/ศรีสะเกษ", "Suk Sawat/Phrai Bueng/Si Sa Ket", "33180"),
        ("350810", "สามแยก/เลิงนกทา/ยโสธร", "Sam Yaek/Loeng Nok Tha/Yasothon", "35120"),
        ("350812", "โคกสำราญ/เลิงนกทา/ยโสธร", "Khok Samran/Loeng Nok Tha/Yasothon", "35120"),
        ("380103", "โนนสว่าง/เมืองบึงกาฬ/บึงกาฬ", "Non Sawang/Mueang Bueng Kan/Bueng Kan", "38000"),
        ("400610", "ภูห่าน/สีชมพู/ขอนแก่น", "Phu Han/Si Chomphu/Khon Kaen", "40220"),
        ("411111", "บ้านม่วง/บ้านดุง/อุดรธานี", "Ban Muang/Ban Dung/Udon Thani", "41190"),
        ("440911", "หนองไฮ/วาปีปทุม/มหาสารคาม", "Nong Hai/Wapi Pathum/Maha Sarakham", "44120"),
        ("441105", "ดงเมือง/ยางสีสุราช/มหาสารคาม", "Dong Mueang/Yang Si Surat/Maha Sarakham", "44210"),
        ("450109", "ปอภาร (ปอพาน)/เมืองร้อยเอ็ด/ร้อยเอ็ด", "Po Phan/Mueang Roi Et/Roi Et", "45000"),
        ("471102", "โพนแพง/อากาศอำนวย/สกลนคร", "Phon Phaeng/Akat Amnuai/Sakon Nakhon", "47170"),
        ("490507", "บ้านเหล่า/คำชะอี/มุกดาหาร", "Ban Lao/Khamcha-I/Mukdahan", "49110"),
        ("500101", "ศรีภูมิ/เมืองเชียงใหม่/เชียงใหม่", "Si Phum/Mueang Chiang Mai/Chiang Mai", "50200"),
        ("500112", "ท่าศาลา/เมืองเชียงใหม่/เชียงใหม่", "Tha Sala/Mueang Chiang Mai/Chiang Mai", "50000"),
        ("510203", "ทากาศ/แม่ทา/ลำพูน", "Tha Kat/Mae Tha/Lamphun", "51170"),
        ("520104", "สบตุ๋ย/เมืองลำปาง/ลำปาง", "Sop Tui/Mueang Lampang/Lampang", "52100"),
        ("530301", "ท่าปลา/ท่าปลา/อุตรดิตถ์", "Tha Pla/Tha Pla/Uttaradit", "53150"),
        ("560605", "ผาช้างน้อย/ปง/พะเยา", "Pha Chang Noi/Pong/Phayao", "56140"),
        ("570310", "ริมโขง/เชียงของ/เชียงราย", "Rim Khong/Chiang Khong/Chiang Rai", "57140"),
        ("570512", "แม่เย็น/พาน/เชียงราย", "Mae Yen/Phan/Chiang Rai", "57280"),
        ("580604", "แม่สวด/สบเมย/แม่ฮ่องสอน", "Mae Suat/Sop Moei/Mae Hong Son", "58110"),
        ("600513", "เจริญผล/บรรพตพิสัย/นครสวรรค์", "Charoen Phon/Banphot Phisai/Nakhon Sawan", "60180"),
        ("610114", "เนินแจง/เมืองอุทัยธานี/อุทัยธานี", "Noen Chaeng/Mueang Uthai Thani/Uthai Thani", "61000"),
        ("671005", "วังศาล/วังโป่ง/เพชรบูรณ์", "Wang San/Wang Pong/Phetchabun", "67240"),
        ("710511", "เขาสามสิบหาบ/ท่ามะกา/กาญจนบุรี", "Khao Sam Sip Hap/Tha Maka/Kanchanaburi", "71120"),
        ("720906", "ดอนมะเกลือ/อู่ทอง/สุพรรณบุรี", "Don Makluea/U Thong/Suphan Buri", "72220"),
        ("850406", "จ.ป.ร./กระบุรี/ระนอง", "Choporo/Kra Buri/Ranong", "85110"),
        ("860402", "ขันเงิน/หลังสวน/ชุมพร", "Khan Ngoen/Lang Suan/Chumphon", "86110"),
        ("900104", "พะวง/เมืองสงขลา/สงขลา", "Pha Wong/Mueang Songkhla/Songkhla", "90100"),
        ("901601", "คลองหอยโข่ง/คลองหอยโข่ง/สงขลา", "Khlong Hoi Khong/Khlong Hoi Khong/Songkhla", "90230"),
        ("920305", "โพรงจระเข้/ย่านตาขาว/ตรัง", "Phrong Chorakhe/Yan Ta Khao/Trang", "92140"),
        ("920403", "ปะเหลียน/ปะเหลียน/ตรัง", "Palian/Palian/Trang", "92180"),
        ("930402", "ตะโหมด/ตะโหมด/พัทลุง", "Tamot/Tamot/Phatthalung", "93160"),
        ("950111", "ลำพะยา/เมืองยะลา/ยะลา", "Lam Phaya/Mueang Yala/Yala", "95160"),
        ("950616", "ตะโล๊ะหะลอ/รามัน/ยะลา", "Talo Halo/Raman/Yala", "95140"),
        ("961303", "มะรือโบออก/เจาะไอร้อง/นราธิวาส", "Maruebo Ok/Cho-airong/Narathiwat", "96130"),
    ]

    /// Of each changwat.
    static let counts: [String: (amphoes: Int, tambons: Int)] = [
        "10": (50, 180), "11": (6, 50), "12": (6, 52), "13": (7, 60), "14": (16, 209), "15": (7, 73),
        "16": (11, 124), "17": (6, 43), "18": (8, 53), "19": (13, 111), "20": (11, 92), "21": (8, 58),
        "22": (10, 76), "23": (7, 38), "24": (11, 93), "25": (7, 65), "26": (4, 41), "27": (9, 59), "30": (32, 289),
        "31": (23, 189), "32": (17, 159), "33": (22, 206), "34": (25, 219), "35": (9, 79), "36": (16, 124),
        "37": (7, 56), "38": (8, 53), "39": (6, 59), "40": (26, 199), "41": (20, 156), "42": (14, 90), "43": (9, 62),
        "44": (13, 133), "45": (20, 193), "46": (18, 135), "47": (18, 125), "48": (12, 99), "49": (7, 53),
        "50": (25, 204), "51": (8, 51), "52": (13, 100), "53": (9, 67), "54": (8, 78), "55": (15, 99), "56": (9, 68),
        "57": (18, 124), "58": (7, 45), "60": (15, 130), "61": (8, 70), "62": (11, 78), "63": (9, 63), "64": (9, 86),
        "65": (9, 93), "66": (12, 89), "67": (11, 117), "70": (10, 104), "71": (13, 98), "72": (10, 110),
        "73": (7, 106), "74": (3, 40), "75": (3, 36), "76": (8, 93), "77": (8, 48), "80": (23, 170), "81": (8, 53),
        "82": (8, 48), "83": (3, 17), "84": (19, 131), "85": (5, 30), "86": (8, 70), "90": (16, 127), "91": (7, 36),
        "92": (10, 87), "93": (11, 65), "94": (12, 115), "95": (8, 58), "96": (13, 77),
    ]

    /// Over all tambons.
    static let sumOfIDs = 3_608_923_426
    static let sumOfPostCodes = 369_539_919
    static let postCodes = 7_600
    /// Unicode scalars of all names: of tambons and of amphoes.
    static let thaiLength = (tambons: 54_603, amphoes: 7_355)
    static let englishLength = (tambons: 67_747, amphoes: 9_343)
}
