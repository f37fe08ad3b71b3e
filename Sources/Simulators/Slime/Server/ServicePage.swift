/// The page behind a service_url: what a customer who scans the sandbox's QR gets to see.
enum ServicePage {
    static func html(transactionID: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="th">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>หน้าบริการจำลอง</title>
        </head>
        <body>
        <h1>หน้าบริการใบกำกับภาษี (ระบบจำลองสำหรับทดสอบ)</h1>
        <p>รายการเลขที่ <strong>\(escape(transactionID))</strong></p>
        <p>นี่คือหน้าของระบบทดสอบ ไม่มีการออกใบกำกับภาษีจริง</p>
        </body>
        </html>

        """
    }

    static func escape(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.append(character)
            }
        }
        return out
    }
}
