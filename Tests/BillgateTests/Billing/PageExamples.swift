import JSON

/// The request bodies of the page.
enum PageExamples {
    static let person = """
        {"customer_code":"BG-CUS-001","name":"สมชาย หมายปอง","tax_number":"1012670114029","phone_number":"0850601111",\
        "emails":["somchai.h@mockcustomer.com"],"address":{"house_number":"598/610","sub_district":"บางกะปิ",\
        "district":"ห้วยขวาง","province":"กรุงเทพมหานคร","post_code":"10310"}}
        """
    static let items = """
        [{"description":"ค่าบริการ","quantity":1,"unit_price":1000,"vat_rate":7,"discount_amount":0}]
        """
    static let invoice = """
        {"customer":\(person),"number":"INV-000001","name":"ใบเรียกเก็บค่าบริการเดือน มกราคม 2564",\
        "issue_date":"2021-01-19","due_date":"2021-01-19","items":\(items),"vat_included":true,"remark":null,\
        "withholding_tax_rate":null,"attachments":["https://example.com/files/invoice-attachment.pdf"]}
        """
    static let receipt = """
        {"invoice_id":null,"number":"RCP-000001","data":{"customer":\(person),"issue_date":"2021-01-19",\
        "name":"ใบเรียกเก็บค่าบริการเดือน มกราคม 2564","items":\(items),"vat_included":true,"remark":null,\
        "withholding_tax_rate":null}}
        """
    static let taxInvoice = """
        {"number":"TAX-000001","invoice_id":null,"receipt_id":null,"data":{"customer":\(person),\
        "issue_date":"2021-01-19","items":\(items),"vat_included":true,"remark":null,"withholding_tax_rate":null},\
        "attachments":["https://example.com/files/tax-invoice-attachment.pdf"]}
        """
    static let paid = #"{"date_time":"2021-01-19 13:00:00","amount":1000}"#
    static let decline = #"{"reason":"ยอดเงินไม่ถูกต้อง","metadata":{}}"#
    static let customer = """
        {"type":"individual","name":"สมชาย หมายปอง","alias":"สมชาย","tax_number":"1012670114029",\
        "branch_number":"00000","phone_number":"0850601111","customer_code":"BG-CUS-001",\
        "emails":["somchai.h@mockcustomer.com"],"address":{"house_number":"598/610","sub_district":"บางกะปิ",\
        "district":"ห้วยขวาง","province":"กรุงเทพมหานคร","post_code":"10310"}}
        """
    /// Its invoices come to 4900.
    static let template = """
        {"name":"ผ่อนชำระสินค้าชิ้นใหญ่","number":"REC2021080001","items":[{"description":"สินค้า","quantity":1,\
        "price_per_item":4900,"vat_rate":0.07}],"is_vat_included":true,"due_date_term":15}
        """

    static func recurring(template: String, customer: String, last: String = "400") -> String {
        """
        {"invoice_template_id":"\(template)","customer_id":"\(customer)","number":"MAG2021080001",\
        "frequency":"monthly","start_date":"2021-08-30","cycle":4,"payment_policy":"installment","installments":\
        [{"installment":1,"amount":1500},{"installment":2,"amount":1500},{"installment":3,"amount":1500},\
        {"installment":4,"amount":\(last)}]}
        """
    }
}
