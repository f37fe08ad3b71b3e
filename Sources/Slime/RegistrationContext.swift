import Sales

/// What is kept beside a registration's request, and is not sent: which call the request is for, and who chose its theme.
struct RegistrationContext: Sendable, Equatable {
    private static let ownTheme = "own theme"
    private static let separator = ", "

    let documentType: DocumentType
    /// Whether the event, not the store's configuration, chose the theme.
    let namesItsTheme: Bool

    init(of event: SaleEvent) {
        documentType = event.sale.documentType
        namesItsTheme = event.namesItsTheme
    }

    /// As it is kept; nil if no version of the gateway wrote that.
    init?(_ text: String?) {
        var parts = (text ?? "").split(separator: Self.separator).map(String.init)
        namesItsTheme = parts.last == Self.ownTheme
        if namesItsTheme { parts.removeLast() }
        guard parts.count <= 1, let type = DocumentType(rawValue: parts.first ?? DocumentType.taxInvoiceStub.rawValue)
        else { return nil }
        documentType = type
    }

    /// As it is kept: nothing for the usual, a stub in the store's theme.
    var text: String? {
        let type = documentType == .taxInvoiceStub ? [] : [documentType.rawValue]
        let parts = type + (namesItsTheme ? [Self.ownTheme] : [])
        return parts.isEmpty ? nil : parts.joined(separator: Self.separator)
    }
}
