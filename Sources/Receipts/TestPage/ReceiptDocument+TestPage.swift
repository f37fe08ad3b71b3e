import Raster

extension ReceiptDocument {
    /// A page that shows what a printer does well and what not: a ruler over the whole width, greys and fine lines,
    /// Thai vowels and tone marks stacked at each size, and QR codes of modules of 5, 6 and 8 dots.
    ///
    /// - Parameters:
    ///   - printer: its name.
    ///   - width: the printable width in dots, as the typesetter has it.
    ///   - particulars: what else is to stand at the top, a name and a value each, such as the device.
    ///   - end: how the paper is to end, which its last lines say; nil where that is not for us to say.
    ///
    /// Throws `paperWidth` for paper that is too narrow or too wide.
    public static func testPage(
        printer: String, width: Int, particulars: [(name: String, value: String)] = [], end: TestEnd?
    ) throws(ReceiptError) -> [Block] {
        let metrics = try PaperMetrics(width: width)
        var codes: [Bitmap] = []
        for size in [5, 6, 8] { codes.append(try QRCode("kamkap \(size)", moduleSize: size).bitmap) }
        var blocks: [Block] = [
            .banner(["ทดสอบเครื่องพิมพ์ / TEST PAGE", "ไม่ใช่ใบกำกับภาษี / Not a tax invoice"], .reversed), .space(.small),
            .text(printer, .heading, .center), .space(.small),
            .columns(left: "กระดาษ / Paper", right: "\(width) dots, \(millimetres(width)) mm", .small),
        ]
        blocks += particulars.map { .columns(left: $0.name, right: $0.value, .small) }
        blocks += section("ไม้บรรทัด / Ruler", "mm") + [.image(TestPattern.ruler(width: width))]
        blocks += section("ความเข้ม / Greys", "12.5 – 100 %") + [.image(TestPattern.greys(width: metrics.contentWidth))]
        blocks += section("วรรณยุกต์ / Thai stacks", "\(metrics.smallSize) – \(metrics.headingSize) dots")
        let stacks = "ที่ ปั้ม น้ำ กี่ ญู ฐู"
        let roles: [TextRole] = [.small, .body, .strong, .title, .heading]
        blocks += roles.map { .text(stacks, $0, .center) }
        blocks += [
            .text("ญี่ปุ่น ปู่ ฟื้น ผู้ใหญ่ สิทธิ์ กฎุมพี ฎีกา ฤๅษี เปี๊ยะ", .body, .center),
            .text("ABCDEFG abcdefg 0123456789 ฿1,234.50", .body, .center),
        ]
        blocks += section("คิวอาร์ / QR", "5, 6, 8 dots")
        blocks += TestPattern.rows(of: codes, width: width).map(Block.image)
        blocks += [.rule(.solid), .text("จบหน้าทดสอบ / End of test page", .small, .center), .space(.small)]
        return blocks + (end.map(lastWords) ?? [])
    }

    private static func section(_ name: String, _ measure: String) -> [Block] {
        [.space(.small), .rule(.dashed), .columns(left: name, right: measure, .strong), .space(.small)]
    }

    /// Eight dots are a millimetre.
    private static func millimetres(_ dots: Int) -> String {
        dots.isMultiple(of: 8) ? String(dots / 8) : "\(dots / 8).\(dots % 8 * 10 / 8)"
    }
}
