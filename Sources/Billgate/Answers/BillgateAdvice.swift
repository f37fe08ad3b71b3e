/// What to do about a refusal of Billgate's, by its code.
public enum BillgateAdvice {
    public static func advice(for code: String?) -> String {
        switch code {
        case "Billgate::401", "Billgate::403":
            """
            Check billgate.key_file against the key in Billbox (การตั้งค่า/Billgate API), and whether the account may use \
            Billgate API
            """
        case "Billgate::402": "Pay what the account owes at Billgate, or top it up"
        case "Billgate::404": "Check billgate.endpoint in the configuration"
        case "Billgate::400", "Billgate::422":
            "Billgate refuses sale after sale: read last_error of a sale, and check billgate.walk_in in the configuration"
        case "Billgate::409":
            """
            Billgate has a document with the sale's number already: look for it in Billbox; if it is this sale's, then: kamkap \
            retry ID --adopt DOCUMENT_ID
            """
        case "Billgate::DocumentGone":
            """
            Look for the sale's number in Billbox. If its document is there: kamkap retry ID --adopt DOCUMENT_ID; if it was \
            deleted: kamkap retry ID makes another
            """
        case "Billgate::NoSuchDocument":
            "Compare the id with Billbox, then: kamkap retry ID --adopt DOCUMENT_ID with the right one"
        case "Billgate::AnotherDocument":
            """
            The document is another sale's, or was changed: look for the sale's number in Billbox, then: kamkap retry ID \
            --adopt DOCUMENT_ID
            """
        case "Billgate::TotalDiffers":
            "Compare the document at Billgate with the paper; withdraw it, then: kamkap retry ID"
        case "Gateway::OutcomeUnknown":
            "Look for the sale's number in Billbox, then: kamkap retry ID --adopt DOCUMENT_ID, or --anew if it is not there"
        default: "Check the account at Billgate, and run kamkap check"
        }
    }
}
