/// What to do about a refusal of the service's, by its code.
public enum OCRInvoiceAdvice {
    public static func advice(for code: String?) -> String {
        switch code {
        case "OCRInvoice::401", "OCRInvoice::403":
            "Check supplier_invoices.key_file and key_header against what the provider of the OCR service gave you"
        case "OCRInvoice::402": "Pay what the account owes at the OCR service, or top it up"
        case "OCRInvoice::404": "Check supplier_invoices.endpoint, resource, template and group in the configuration"
        case OCRInvoiceService.wrongPath:
            "Check supplier_invoices.process_path and results_path in the configuration"
        case "OCRInvoice::400", "OCRInvoice::422":
            """
            The OCR service refuses invoice after invoice: read what it says of one, and check supplier_invoices.template and \
            group in the configuration
            """
        case "OCRInvoice::409":
            """
            The OCR service has a job of this number, and does not list it: look for it there by its number, delete it, then: \
            kamkap invoices redo N
            """
        case OCRInvoiceService.anotherJob:
            "The job at the OCR service is another document's: kamkap invoices redo N makes a new one"
        case OCRInvoiceService.jobGone:
            "Somebody has deleted the job at the OCR service: kamkap invoices redo N makes a new one"
        case OCRInvoiceService.readingFailed, "OCRInvoice::Refused":
            "Look at the document: it may be unreadable, or of another kind than its name says; then: kamkap invoices redo N"
        case "Gateway::OutcomeUnknown":
            "Look for the job's number at the OCR service; delete a job that is there, then: kamkap invoices redo N"
        default: "Check the account at the OCR service, and run kamkap check"
        }
    }
}
