import JSON
import Testing

@testable import GatewayAPI

/// The tables of fields against the description that the gateway serves.
@Suite struct DescriptionTests {
    private static func schema(_ name: String) throws -> JSONObject {
        var value = try JSONParser.parse(APIDescription.bytes)
        for step in ["components", "schemas"] + name.split(separator: "/").map(String.init) {
            guard case .object(let object) = value else { throw WireFault(detail: "\(name): \(step) is in no object") }
            value = try #require(object[step], "\(name): \(step)")
        }
        guard case .object(let schema) = value else { throw WireFault(detail: "\(name) is no object") }
        return schema
    }

    private static func names<Resource: WireResource>(_: Resource.Type) -> [String] {
        Resource.fields.flatMap(\.names)
    }

    @Test(
        "each resource has the fields that are described, all of them required, and no other",
        arguments: [
            ("Sale", names(SaleResource.self)), ("SalePage", names(SalePage.self)),
            ("Sale/properties/totals", names(TotalsResource.self)),
            ("Sale/properties/registration", names(RegistrationResource.self)),
            ("LastError", names(ErrorResource.self)), ("TaxInvoice", names(ProviderJobResource.self)),
            ("Print", names(PrintResource.self)), ("SaleDocument", names(SaleDocumentResource.self)),
            ("Slip", names(SlipResource.self)), ("SlipPage", names(SlipPage.self)),
            ("Slip/properties/read", names(SlipReadingResource.self)),
            ("Slip/properties/differences/items", names(SlipDifferenceResource.self)),
            ("SupplierInvoice", names(SupplierInvoiceResource.self)),
            ("SupplierInvoicePage", names(SupplierInvoicePage.self)),
            ("SupplierInvoiceDetail", names(SupplierInvoiceDetail.self)),
            ("RemoteJobPage", names(RemoteJobPage.self)),
            ("RemoteJobPage/properties/jobs/items", names(RemoteJobResource.self)),
            ("SlipNews", ["id", "transaction_id", "terminal_id", "state", "differs"]),
            ("DocumentPrint", names(DocumentPrintResource.self)),
            ("DocumentNews", ["transaction_id"] + names(SaleDocumentResource.self)),
            ("Printer", names(PrinterResource.self)), ("PrinterList", names(PrinterList.self)),
            ("PlaceName", names(PlaceNameResource.self)), ("Tambon", names(TambonResource.self)),
            ("AddressList", names(AddressList.self)),
            ("Status", names(StatusResource.self)),
            ("Status/properties/registrations", names(RegistrationFigures.self)),
            ("Status/properties/prints", names(PrintFigures.self)),
            ("Status/properties/prints/properties/by_printer/items", names(QueueFigures.self)),
            ("Status/properties/services/items", names(ServiceResource.self)),
            ("Status/properties/database", names(DatabaseFigures.self)),
            ("Status/properties/spool", names(SpoolResource.self)), ("Alarm", names(AlarmResource.self)),
            ("AlarmNews", ["state"] + names(AlarmResource.self)),
            ("PrintNews", ["transaction_id", "document_id"] + names(PrintResource.self)),
            ("Backup", names(BackupResource.self)),
            ("Document", names(DocumentResource.self)), ("DocumentList", names(DocumentList.self)),
            ("Transaction", names(TransactionResource.self)), ("TransactionList", names(TransactionList.self)),
            ("SaleTransaction", names(SaleTransactionResource.self)), ("Tags", names(TagsResource.self)),
            ("BillingPage", names(BillingPageResource.self)), ("BillingEntry", names(BillingEntryResource.self)),
            ("BillingResult", names(BillingResultResource.self)), ("BillNews", names(BillResource.self)),
            ("BillLog", names(BillLogResource.self)), ("BillingCall", names(BillingCallResource.self)),
            ("BillingCallList", names(BillingCallList.self)), ("BillingToken", names(TokenResource.self)),
            ("InvalidProblem", names(Problem.self)),
            ("InvalidProblem/properties/errors/items", names(FaultResource.self)),
        ])
    func fields(schema: String, names: [String]) throws {
        let described = try Self.schema(schema)
        guard case .object(let properties)? = described["properties"],
            case .array(let required)? = described["required"]
        else { throw WireFault(detail: "\(schema) has no properties") }
        #expect(Set(properties.members.map(\.key)) == Set(names))
        #expect(Set(required.map { $0.string }) == Set(names))
        #expect(Set(names).count == names.count, "no name twice")
        #expect(described["additionalProperties"] == .bool(false))
    }
}

extension JSONValue {
    fileprivate var string: String { if case .string(let text) = self { text } else { "" } }
}
