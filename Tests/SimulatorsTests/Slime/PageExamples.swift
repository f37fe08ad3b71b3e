import Simulators

/// The payloads of the API page, letter by letter: the claim `data` of each.
enum PageExamples {
    struct Example: Sendable {
        let subject: SlimeSimulator.Subject
        let data: String
        /// The names that the page's example response has, also those within its first list.
        let answer: [String]
    }

    static let lines = """
        [
          {
            "name": "ข้าวโพดปิ้ง",
            "unit_price": "15",
            "quantity": "8",
            "vatable": true
          },
          {
            "name": "ไข่ต้ม",
            "unit_price": "6",
            "quantity": "10",
            "vatable": true
          },
          {
            "name": "ข้าวสาร",
            "unit_price": "220",
            "quantity": "1",
            "vatable": false
          }
        ]
        """

    static let abbreviatedTaxInvoice = """
        {
          "transaction_id": "TEST-ES-0001",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "line_items": \(lines)
          },
          "customization": {
            "theme": {
              "id": "retail-hatsu",
              "color": "#cd0c2b"
            },
            "vat_included": false,
            "vat_rate": "0.07"
          }
        }
        """

    static let stub = abbreviatedTaxInvoice.replacing("TEST-ES-0001", with: "TEST-ES-0002")

    static let address = """
        {
              "country_id": "TH",
              "post_code": "20180",
              "changwat_id": "20",
              "amphoe_id": "2009",
              "tambon_id": "200905",
              "street_name": "ถนนข่าวสาร",
              "soi": "ตรอกไดแอกอน",
              "building_number": "123/456"
            }
        """

    static let taxInvoice = """
        {
          "transaction_id": "TEST-TAX-INVOICE-0001",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "buyer_info": {
              "name": "Alabibi",
              "identity": {
                "type": "NIDN",
                "national_id_number": "1111111111119"
              },
              "address": \(address)
            },
            "line_items": \(lines)
          },
          "customization": {
            "theme": {
              "id": "retail-hatsu",
              "color": "#cd0c2b"
            },
            "vat_included": true,
            "vat_rate": "0.07"
          }
        }
        """

    /// Its color breaks the pattern of the theme, and is a receipt's: see `Theme.keepsColorPatternOnReceipts`.
    static let receipt = """
        {
          "transaction_id": "TEST-RECEIPT-0001",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "buyer_info": {
              "name": "เมธี วัชรีเมาคลีกระโทก",
              "identity": {
                "type": "NIDN",
                "national_id_number": "1234567851231"
              },
              "address": \(address)
            },
            "line_items": [
              {
                "name": "ข้าวโพดปิ้ง",
                "unit_price": "15",
                "quantity": "5"
              }
            ]
          },
          "customization": {
            "theme": {
              "id": "retail-hatsu",
              "color": "#cd0czb"
            }
          }
        }
        """

    /// Of the guide: an address in lines, by the quirk.
    static let unstructuredAddress = """
        {
                "line1": "ดาดฟ้า, อาคารมินัสทิริธ",
                "line2": "แขวงลุมพินี, เขตปทุมวัน, กรุงเทพมหานคร",
                "post_code": "10330",
                "country_id": "TH"
              }
        """

    private static let transaction = [
        "id", "initiated_at", "service_url", "storage_used", "system_tags", "tags", "trade_value",
    ]
    private static let document = [
        "id", "pdf_size", "readied_at", "ready", "sequence", "transaction_id", "xml_size",
    ]

    static let all: [Example] = [
        Example(subject: .hello, data: #"{"name": "Sekai"}"#, answer: ["hello"]),
        Example(subject: .initiateWithAbbreviatedTaxInvoice, data: abbreviatedTaxInvoice, answer: ["success"]),
        Example(subject: .initiateWithTaxInvoiceStub, data: stub, answer: ["success"]),
        Example(subject: .initiateWithTaxInvoice, data: taxInvoice, answer: ["success"]),
        Example(subject: .initiateWithReceipt, data: receipt, answer: ["success"]),
        Example(
            subject: .showTransaction,
            data: #"{"transaction_id": "TEST-TRANSACTION-0001","include_documents": "latest"}"#,
            answer: (transaction + ["documents"]).sorted() + ["id", "pdf_size", "ready", "sequence", "xml_size"]),
        Example(
            subject: .latestPDF, data: #"{"transaction_id": "MY-TRANSACTION-001","deferrable": true}"#,
            answer: ["location"]),
        Example(
            subject: .setTags,
            data: """
                {"transaction_id": "TEST-TRANSACTION-0001","tags": ["order_id:314159","customer_id:265358"]}
                """, answer: ["success"]),
        Example(
            subject: .listByTag, data: #"{"tag": "NIDN:1234567851234"}"#, answer: ["transactions"] + transaction),
        Example(subject: .showDocument, data: #"{"document_id": "TEST-TRANSACTION-001D1"}"#, answer: document),
        Example(
            subject: .listByTransaction, data: #"{"transaction_id": "TEST-TRANSACTION-001"}"#,
            answer: ["documents"] + document),
        Example(
            subject: .downloadPDF, data: #"{"document_id": "TEST-TRANSACTION-001D1","redirect": false}"#,
            answer: ["location"]),
        Example(
            subject: .downloadXML, data: #"{"document_id": "TEST-TRANSACTION-001D1","redirect": false}"#,
            answer: ["location"]),
        Example(
            subject: .streamGenerated, data: #"{"from": "2024-08-20T18:10:42Z","limit": 200}"#,
            answer: ["continuation_token", "documents"] + document),
    ]
}
