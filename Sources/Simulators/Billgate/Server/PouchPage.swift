/// What a customer sees who scans the sandbox's QR.
enum PouchPage {
    static func html(_ document: BillgateSimulator.Document) -> String {
        let title =
            switch document.kind {
            case .invoice: "ใบแจ้งหนี้"
            case .receipt: "ใบเสร็จรับเงิน"
            case .taxInvoice: "ใบกำกับภาษี"
            }
        return """
            <!DOCTYPE html>
            <html lang="th">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) (ระบบจำลอง)</title>
            </head>
            <body>
            <h1>\(title) (ระบบจำลองสำหรับทดสอบ)</h1>
            <p>เลขที่ <strong>\(HTMLText.escape(document.number))</strong> วันที่ \(HTMLText.escape(document.issueDate))</p>
            <p>ยอดรวม <strong>\(document.total)</strong> บาท</p>
            <p>นี่คือหน้าของระบบทดสอบ ไม่ใช่เอกสารจริง</p>
            \(payment(document))</body>
            </html>

            """
    }

    /// An invoice's customer can say that it is paid.
    private static func payment(_ document: BillgateSimulator.Document) -> String {
        guard let status = document.status else { return "" }
        let words =
            switch status {
            case .created, .pendingPayment: "รอชำระเงิน"
            case .pendingApproval: "แจ้งชำระแล้ว รอตรวจสอบ"
            case .paid: "ชำระแล้ว"
            }
        let form =
            status == .created || status == .pendingPayment
            ? "<form method=\"post\"><button>แจ้งชำระเงิน</button></form>\n" : ""
        return "<p>สถานะ: \(words)</p>\n\(form)"
    }
}
