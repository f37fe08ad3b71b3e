public import Outbox
public import Receipts

extension PaperMaker {
    /// What is known of a sale's link. Which provider is in use today does not matter: the sale's own made the page.
    /// None comes by itself of a document that is taken back, nor of one that was refused.
    ///
    /// - Parameter invoice: the sale's later tax invoice. Once it is made, a paper must not invite to a second one.
    public func link(of registration: SaleRegistration, _ invoice: SaleInvoice?) -> PaperLink {
        guard invoice?.state != .ready else { return .replaced }
        guard registration.withdrawal == nil else { return .withdrawn }
        guard registration.state != .rejected else { return .refused }
        return PaperLink(registration.link, offers: offer(of: registration.provider))
    }
}
