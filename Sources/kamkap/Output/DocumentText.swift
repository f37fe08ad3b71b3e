import GatewayAPI

/// The documents of a sale as text.
enum DocumentText {
    static func text(_ list: DocumentList) -> String {
        ([text(list.documents)] + list.prints.map { text($0) }).joined(separator: "\n")
    }

    /// A document on paper.
    static func text(_ print: DocumentPrintResource) -> String {
        let error = print.error.map { " (\($0))" } ?? ""
        return SaleText.plain("\(print.documentID) on \(print.printer): \(print.state)\(error)")
    }

    private static func text(_ documents: [DocumentResource]) -> String {
        if documents.isEmpty { return "no documents" }
        var table = TextTable(columns: [
            ("no", .right), ("document", .left), ("made", .left), ("PDF", .right), ("XML", .right), ("archived", .left),
        ])
        table.rows = documents.map { document in
            [
                "\(document.sequence)", SaleText.plain(document.id), made(document), size(document.pdfSize),
                size(document.xmlSize), document.archived ? "yes" : "no",
            ]
        }
        return table.text()
    }

    private static func made(_ document: DocumentResource) -> String {
        guard document.ready else { return "not yet" }
        return document.readiedAt.map(SaleText.local) ?? "yes"
    }

    private static func size(_ bytes: Int?) -> String { bytes.map(Size.text) ?? "-" }
}
