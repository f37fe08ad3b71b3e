import Foundation

/// Sales to measure with. All have the same length; only the number in the id differs.
enum SampleSale {
    static let idDigits = 9

    static func id(_ number: Int) -> String {
        let digits = String(number)
        return "BENCH-" + String(repeating: "0", count: max(0, idDigits - digits.count)) + digits
    }

    /// The event of a till, with the lines of a small supermarket sale.
    static func event(_ number: Int, terminal: String, prints: Bool = true, hasBuyer: Bool = false) -> String {
        """
        {"transaction_id":"\(id(number))","document":\(document),"terminal_id":"\(terminal)",\
        "receipt":{"number":"0001234","cashier":"สมหญิง","payments":[{"method":"cash","amount":"500"}],"change":"100",\
        "print":\(prints)}\(hasBuyer ? buyer : "")}
        """
    }

    private static let buyer = """
        ,"buyer":{"name":"บริษัท ตัวอย่าง จำกัด","tax_id":"0105561000003","branch_id":"00000","email":"account@example.com",\
        "address":{"house_number":"99/1","street":"ถนนสุขุมวิท","tambon_id":"103301","post_code":"10110"}}
        """

    /// The `data` that Slime gets (of the stub).
    static func stub(_ number: Int) -> String {
        """
        {"transaction_id":"\(id(number))","document":\(document),"customization":{"theme":{"id":"retail-hatsu",\
        "color":"#cd0c2b"},"seller_branch_id":"00000","vat_included":true,"vat_rate":"0.07"}}
        """
    }

    /// After the database is made: what is older is looked for at Billgate before it is made.
    private static let issuedAt = (Date() + 3_600).formatted(.iso8601)

    private static let document = """
        {"issued_at":"\(issuedAt)","line_items":[\
        {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true},\
        {"name":"ไข่ต้ม","unit_price":"6","quantity":"10","vatable":true},\
        {"name":"ข้าวสาร","unit_price":"220","quantity":"1","vatable":false}]}
        """
}
