public import RemoteServices
public import Sales

extension BillgateService: LaterInvoicing {
    public func laterInvoice(for event: SaleEvent) -> ServiceRequest {
        RegistrationRequest(laterInvoiceFor: event, under: terms).kept
    }

    public func laterInvoice(for event: SaleEvent, keeping kept: ServiceRequest) -> ServiceRequest {
        let prefix = RegistrationContext(kept.context)?.numberPrefix
        return RegistrationRequest(laterInvoiceFor: event, under: terms, numberPrefix: prefix).kept
    }
}
