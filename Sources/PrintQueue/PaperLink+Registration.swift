public import Outbox
public import Receipts

extension PaperLink {
    public init(_ registration: SaleRegistration) {
        self = registration.state == .rejected ? .refused : PaperLink(registration.link)
    }
}
