public import Sales

/// A provider that makes the full tax invoice of a sale although the sale was registered without a buyer. A provider whose
/// link lets the customer ask for it needs no such thing.
public protocol LaterInvoicing: SaleProvider {
    /// The request of a ``JobKind/saleInvoice``: built once, and kept. It is begun and followed like a registration.
    ///
    /// - Parameter event: the sale with the buyer to whom the invoice is made out.
    func laterInvoice(for event: SaleEvent) -> ServiceRequest
    /// The same for an invoice that may have been made already: what it was made under stays as it was.
    func laterInvoice(for event: SaleEvent, keeping kept: ServiceRequest) -> ServiceRequest
}
