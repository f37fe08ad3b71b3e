import Foundation

/// Sales to try the gateway with.
enum SampleSales {
    /// The example of Slime's API page for "Initiate with Tax Invoice Stub": prices without VAT.
    static let apiPage = """
        {
          "transaction_id": "TEST-ES-0002",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "line_items": [
              { "name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "8", "vatable": true },
              { "name": "ไข่ต้ม", "unit_price": "6", "quantity": "10", "vatable": true },
              { "name": "ข้าวสาร", "unit_price": "220", "quantity": "1", "vatable": false }
            ]
          },
          "customization": {
            "theme": { "id": "retail-hatsu", "color": "#cd0c2b" },
            "vat_included": false,
            "vat_rate": "0.07"
          }
        }
        """

    /// A sale as a till sends it: prices with VAT, a discount, cash and change.
    static func counter(issuedAt: Date) -> String {
        let time = issuedAt.formatted(.iso8601)
        return """
            {
              "transaction_id": "00001-POS01-0001",
              "document": {
                "issued_at": "\(time)",
                "line_items": [
                  { "name": "กาแฟลาเต้เย็น แก้วใหญ่", "unit_price": "75", "quantity": "2", "vatable": true },
                  { "name": "ครัวซองต์เนยสดฝรั่งเศสอบใหม่ทุกเช้า ไส้ช็อกโกแลต", "unit_price": "89.50", "quantity": "1", "vatable": true },
                  { "name": "น้ำดื่ม 600 มล.", "unit_price": "10", "quantity": "3", "vatable": true },
                  { "name": "ส่วนลดสมาชิก", "unit_price": "-20", "quantity": "1", "vatable": true }
                ]
              },
              "terminal_id": "POS-01",
              "receipt": {
                "number": "0001234",
                "cashier": "สมหญิง",
                "payments": [ { "method": "cash", "amount": "300" } ],
                "change": "50.50",
                "total": "249.50",
                "notes": [ "โต๊ะ 12" ]
              }
            }
            """
    }

    static let inCompanyNameID = "00001-POS01-0003"

    /// A sale whose customer wants the full tax invoice in a company's name.
    static func inCompanyName(issuedAt: Date) -> String {
        let time = issuedAt.formatted(.iso8601)
        return """
            {
              "transaction_id": "\(inCompanyNameID)",
              "document": {
                "issued_at": "\(time)",
                "line_items": [
                  { "name": "กาแฟลาเต้เย็น แก้วใหญ่", "unit_price": "75", "quantity": "10", "vatable": true },
                  { "name": "ครัวซองต์เนยสด", "unit_price": "89.50", "quantity": "10", "vatable": true }
                ]
              },
              "terminal_id": "POS-01",
              "receipt": {
                "number": "0001236",
                "cashier": "สมหญิง",
                "payments": [ { "method": "transfer", "amount": "1645" } ],
                "total": "1645.00"
              },
              "buyer": {
                "name": "บริษัท ตัวอย่างการค้า จำกัด",
                "tax_id": "0105561000003",
                "branch_id": "00000",
                "email": "account@example.com",
                "address": { "house_number": "99/1", "street": "ถนนสุขุมวิท", "tambon_id": "103301", "post_code": "10110" }
              }
            }
            """
    }
}
