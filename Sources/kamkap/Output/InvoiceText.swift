import GatewayAPI

/// A sale's later tax invoice, for people.
struct InvoiceText {
    let invoice: ProviderJobResource
    let sale: String

    func text() -> String {
        var lines = [("sale", sale), ("provider", invoice.provider), ("state", state)]
        if let document = invoice.documentID { lines.append(("document", document)) }
        if let url = invoice.serviceURL { lines.append(("link", url)) }
        if invoice.state != "ready", let error = invoice.lastError {
            lines.append(("reason", "\(error.code): \(error.message)"))
        }
        return lines.map { $0.0.padded(to: 10) + SaleText.plain($0.1) }.joined(separator: "\n")
    }

    private var state: String {
        switch invoice.state {
        case "ready": "made"
        case "rejected": "rejected: ask for it again once the reason is mended"
        case "held": "held: it is made once the provider accepts the account again"
        default: "on its way: Kamkap goes on by itself"
        }
    }
}
