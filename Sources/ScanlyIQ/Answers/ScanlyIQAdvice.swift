/// What to do about a refusal of ScanlyIQ's, by its code.
public enum ScanlyIQAdvice {
    public static func advice(for code: String?) -> String {
        switch code {
        case "ScanlyIQ::401", "ScanlyIQ::403":
            "Check slips.key_file against the key in ScanlyIQ (Settings → API Keys), and slips.project if it is set"
        case "ScanlyIQ::402": "Top up the credits of the account at ScanlyIQ"
        case "ScanlyIQ::404": "Check slips.endpoint in the configuration, and slips.project if it is set"
        case "ScanlyIQ::400", "ScanlyIQ::413", "ScanlyIQ::415", "ScanlyIQ::422":
            """
            ScanlyIQ refuses the image: look at it, and take another one; if it refuses slip after slip, check slips.model and \
            slips.project in the configuration, then kamkap slips retry ID
            """
        case "ScanlyIQ::NoModel":
            "Correct slips.model in the configuration: kamkap check lists the models that there are"
        case ScanlyIQError.withoutJobID:
            """
            ScanlyIQ charges for jobs, and answers in a way that this version does not know: look for a newer version of \
            Kamkap, or ask ScanlyIQ. After a restart, or with kamkap slips retry ID, one more slip is tried, and charged
            """
        case "ScanlyIQ::NoResult":
            "Look at the slip yourself; kamkap slips retry ID has it read again, and is charged again"
        case "Gateway::OutcomeUnknown":
            "Look at the slip yourself; kamkap slips retry ID has it read once more, and may be charged again"
        case "Gateway::ImageGone": "The image is not there any more: ask for the slip again"
        default: "Check the account at ScanlyIQ, and run kamkap check"
        }
    }
}
