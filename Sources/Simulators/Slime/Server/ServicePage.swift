/// The page behind a service_url: what a customer sees who scans the sandbox's QR.
enum ServicePage {
    /// - Parameter refusal: the exception that the buyer of the form led to
    static func html(
        transactionID: String, documents: [SlimeSimulator.Document] = [], refusal: String? = nil
    ) -> String {
        let rows = documents.map { document in
            document.isReady
                ? "<li><a href=\"?document=\(HTMLText.escape(document.id))\">\(HTMLText.escape(document.id))</a></li>"
                : "<li>\(HTMLText.escape(document.id)) กำลังจัดทำ</li>"
        }
        let list = rows.isEmpty ? "" : "<h2>เอกสาร</h2>\n<ul>\n\(rows.joined(separator: "\n"))\n</ul>\n"
        let complaint = refusal.map { "<p role=\"alert\"><strong>\(HTMLText.escape($0))</strong></p>\n" } ?? ""
        return whole(
            """
            <h1>หน้าบริการใบกำกับภาษี (ระบบจำลองสำหรับทดสอบ)</h1>
            <p>รายการเลขที่ <strong>\(HTMLText.escape(transactionID))</strong></p>
            <p>นี่คือหน้าของระบบทดสอบ ไม่มีการออกใบกำกับภาษีจริง</p>
            \(list)\(complaint)\(form)
            """)
    }

    /// The page of a deferrable `latest-pdf`: it looks again every two seconds.
    static func waiting() -> String {
        whole("<p>กำลังจัดทำเอกสาร โปรดรอสักครู่</p>", head: "<meta http-equiv=\"refresh\" content=\"2\">\n")
    }

    private static let form: String = {
        let fields = BuyerPageForm.fields.map { field in
            "<p><label>\(field.label) <input name=\"\(field.name)\" value=\"\(HTMLText.escape(field.example))\"></label></p>"
        }
        return """
            <h2>ขอใบกำกับภาษีเต็มรูป</h2>
            <form method="post">
            \(fields.joined(separator: "\n"))
            <button>ขอใบกำกับภาษี</button>
            </form>
            """
    }()

    private static func whole(_ body: String, head: String = "") -> String {
        """
        <!DOCTYPE html>
        <html lang="th">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        \(head)<title>หน้าบริการจำลอง</title>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
