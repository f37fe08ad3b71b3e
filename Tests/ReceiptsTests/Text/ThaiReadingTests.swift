import Raster
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(3))) struct ThaiReadingTests {
    /// Marks stacked on marks, letters that lose or shift a part, and words that shops print.
    private static let phrases = [
        "น้ำ", "ปู่", "ญี่ปุ่น", "ฐานะ", "ฎีกา", "กฎุมพี", "สิทธิ์", "ผู้ใหญ่", "เปี๊ยะ", "ปั๊มน้ำมัน",
        "ปลาปิ้ง", "ฟ้าผ่า", "ฝั่งธนบุรี", "ป้ายชื่อ", "ปี่พาทย์", "ปีใหม่", "ผัดไทยกุ้งสด", "ต้มยำกุ้ง", "ข้าวผัดปู",
        "ก๋วยเตี๋ยว", "บะหมี่เกี๊ยว", "เต้าหู้ทรงเครื่อง", "กล้วยบวชชี", "ทับทิมกรอบ", "ไอศกรีมกะทิ", "น้ำแข็งเปล่า", "ชาเย็นแก้วใหญ่",
        "กาแฟโบราณ", "โอเลี้ยง", "เก๊กฮวย", "หมูปิ้งไม้ใหญ่", "ไข่เจียวหมูสับ", "แกงเขียวหวาน", "พะแนงเนื้อ", "มัสมั่นไก่",
        "ส้มตำปูปลาร้า", "ลาบหมู", "ซี่โครงหมูทอด", "ปลาทับทิมนึ่งมะนาว", "ผักบุ้งไฟแดง", "น้ำพริกกะปิ", "ขนมปังปิ้ง", "สังขยา",
        "ครัวซองต์อัลมอนด์", "ศูนย์สิริกิติ์", "กตัญญู", "บัญญัติ", "วิญญาณ", "อัฏฐารส", "ปฏิบัติ", "กุฏิ", "ทฤษฎี", "พฤกษา",
        "ฤๅษี", "เจดีย์", "จันทร์เพ็ญ", "ใบกำกับภาษีอย่างย่อ", "ภาษีมูลค่าเพิ่ม", "เลขประจำตัวผู้เสียภาษี", "สำนักงานใหญ่",
    ]

    // 24 is the body of 80 mm paper, 22 that of 58 mm paper, 20 the small print of both.
    @Test("an independent reader of Thai reads the sizes we print", arguments: [24, 22, 20])
    func readBack(size: Int) async throws {
        #expect(Self.phrases.count == 60)
        let width = size == 22 ? 384 : 576
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        let role: TextRole = size == 20 ? .small : .body
        #expect(await typesetter.metrics.face(role).size == size)
        var pages: [GreyPage] = []
        for phrase in Self.phrases {
            let paper = try await typesetter.set([.text(phrase, role, .left)])
            // Its model was trained on lines twice as high as ours, in grey, with white around.
            pages.append(GreyPage(cropped(paper), border: 16).enlarged(2).blurred(deviation: 1))
        }
        let read = try OutsideReader.tesseract(lines: pages)
        try #require(read.count == Self.phrases.count)
        var (wrong, letters) = (0, 0)
        var report: [String] = []
        for (phrase, read) in zip(Self.phrases, read) {
            let distance = distance(Array(phrase.unicodeScalars), Array(read.unicodeScalars))
            wrong += distance
            letters += phrase.unicodeScalars.count
            if distance > 0 { report.append("\(phrase): \(read)") }
        }
        #expect(Double(wrong) <= 0.05 * Double(letters), "\(wrong) of \(letters) wrong: \(report)")
    }

    /// Without the white at the right.
    private func cropped(_ paper: Bitmap) -> Bitmap {
        let stride = paper.bytesPerRow
        let used = paper.bytes.indices.filter { paper.bytes[$0] != 0 }.map { $0 % stride + 1 }.max() ?? 1
        var line = Bitmap(width: used * 8, height: paper.height)
        line.draw(paper, x: 0, y: 0)
        return line
    }

    /// How many scalars must be put in, left out or changed to make one of the other (Levenshtein).
    private func distance(_ wanted: [Unicode.Scalar], _ read: [Unicode.Scalar]) -> Int {
        var costs = Array(0...read.count)
        for (row, letter) in wanted.enumerated() {
            var diagonal = costs[0]
            costs[0] = row + 1
            for (column, other) in read.enumerated() {
                let cost = min(costs[column] + 1, costs[column + 1] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = costs[column + 1]
                costs[column + 1] = cost
            }
        }
        return costs[read.count]
    }
}
