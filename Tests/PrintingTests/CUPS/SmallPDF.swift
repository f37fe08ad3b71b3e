/// A page in the smallest form: HEAD at its upper left corner and FOOT at its lower left one.
enum SmallPDF {
    static func page(width: Int, length: Int) -> [UInt8] {
        let (width, length) = (points(width), points(length))
        let text = "BT /F 12 Tf 12 \(length - 14) Td (HEAD) Tj ET BT /F 12 Tf 12 4 Td (FOOT) Tj ET"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            """
            <</Type/Page/Parent 2 0 R/MediaBox[0 0 \(width) \(length)]/Contents 4 0 R\
            /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>
            """,
            "<</Length \(text.utf8.count)>>stream\n\(text)\nendstream",
        ]
        var file = "%PDF-1.4\n"
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let place = String(file.utf8.count)
            table += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "\(table)trailer<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    /// From hundredths of a millimetre.
    static func points(_ hundredths: Int) -> Double { Double(hundredths) * 72 / 2_540 }
}
