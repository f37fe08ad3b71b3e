extension ReceiptDocument {
    /// How a test paper is to end.
    public enum TestEnd: Sendable, CaseIterable {
        case fullCut, partialCut, tornOff
    }

    /// A short paper that says how it is to be cut off, for the cut that the test page does not show.
    public static func testStrip(_ end: TestEnd) -> [Block] {
        [.banner(["ทดสอบการตัดกระดาษ / CUT TEST", "ไม่ใช่ใบกำกับภาษี / Not a tax invoice"], .reversed), .space(.small)]
            + lastWords(end)
    }

    /// What stands last on a test paper.
    static func lastWords(_ end: TestEnd) -> [Block] {
        let (name, look): (String, String) =
            switch end {
            case .fullCut: ("ตัดขาด / Full cut", "กระดาษต้องหลุดออก / The paper comes off")
            case .partialCut: ("ตัดไม่ขาด / Partial cut", "กระดาษยังติดอยู่เล็กน้อย / The paper hangs by a point")
            case .tornOff: ("ไม่ตัด / No cut", "ฉีกกระดาษเอง / Tear the paper off")
            }
        return [.text(name, .strong, .center), .text(look, .small, .center)]
    }
}
