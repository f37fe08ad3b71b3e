import Journey
import Sales

extension RetryRefusal {
    /// - Parameter kind: what is not sent again: a sale's registration, or its later tax invoice.
    func message(about kind: JobKind, of id: TransactionID, at service: ServiceName) -> String {
        let isInvoice = kind == .saleInvoice
        let it = isInvoice ? "the tax invoice of the sale \(id.text)" : "the sale \(id.text)"
        switch self {
        case .done(let illegal): return "\(illegal)"
        case .underWay:
            return
                "\(it) may be on its way to \(service) with the buyer as it was sent; its buyer can be changed once it is rejected or held, and no attempt is under way"
        case .made:
            return
                "\(service) has \(it) with the buyer as it was sent; its document is not changed from here. To take it as it is: \(isInvoice ? "ask for it" : "retry") with adopt"
        case .documentKnown:
            let first = isInvoice ? "delete it there" : "withdraw it first (kamkap withdraw \(id.text))"
            return
                "\(service) has a document of \(it), and one made anew would be a second one: \(first), then try again without anew"
        case .onItsWay:
            return
                "\(it) is on its way to \(service), and may be made yet; it can be made anew once it is rejected or held"
        case .mayBeMade:
            let instead = isInvoice ? "delete it" : "withdraw it"
            return
                "\(service) may have \(it) with the buyer as it was sent, and would make a second document. Look there: if it has one, \(instead); once there is none, \(isInvoice ? "ask" : "retry") with anew"
        case .unanswered:
            return
                "an attempt to send \(it) to \(service) has no answer yet; try again once it has ended"
        case .mayBeThere:
            return "an attempt may have reached \(service), so \(it) stays there"
        }
    }
}
