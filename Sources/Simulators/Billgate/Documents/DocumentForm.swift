import Foundation

/// The rules that the three requests have in common.
struct DocumentForm {
    let leeway: BillgateSimulator.Leeway
    let kind: BillgateSimulator.Document.Kind

    /// - Parameter member: the body of an invoice's request, or `data` of another's
    func read(_ member: Member) throws(Refusal) -> DocumentContent {
        let customer = try Person(member.member("customer"))
        let issueDate = try member.day("issue_date")
        let dueDate = kind == .invoice ? try member.day("due_date") : nil
        let lines = try DocumentLineRules(leeway, kind: kind).read(member)
        let vatIncluded = try member.bool("vat_included")
        try member.present("remark")
        let rate = try member.numberOrNull("withholding_tax_rate", Figures(leeway)) ?? 0
        return DocumentContent(
            customer: customer, name: kind == .taxInvoice ? nil : try member.optionalText("name"),
            issueDate: issueDate, dueDate: dueDate, remark: try member.textOrNull("remark"), lines: lines,
            sums: DocumentSums(lines, vatIncluded: vatIncluded, withholdingRate: rate))
    }

    /// "A document id that there is, or an http or https URL."
    func attachments(_ member: Member, isDocument: (String) -> Bool) throws(Refusal) -> [String] {
        guard member.has("attachments") else { return [] }
        let texts = try member.strings("attachments")
        for (index, text) in texts.enumerated() where !isDocument(text) {
            guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil else {
                throw .schema(
                    "\(member.pathTo("attachments"))[\(index)]", "expected a document's id or an http or https URL")
            }
        }
        return texts
    }
}
