/// What to do about an account that the provider refuses, by the code of the refusal.
public enum SlimeAdvice {
    public static func advice(for code: String?) -> String {
        switch code {
        case "Fund::InsufficientBalance": "Top up the account's balance at Slime"
        case "Certificate::NotReady": "Check the project's certificate at Slime"
        case "Seller::NotConfigured": "Fill in the seller's data at Slime"
        case "JWT::KeyNotFound": "Check slime.key_id in the configuration against the keys at Slime"
        case "JWT::VerificationError": "Check the signing secret (slime.secret_file) against the key at Slime"
        case "JWT::IATDrift": "Set this machine's clock: is its time service running?"
        case let code? where code.hasPrefix("Theme::"): "Check slime.theme in the configuration"
        case let code? where code.hasPrefix("JWT::"): "Check slime.endpoint, slime.key_id and slime.secret_file"
        default: "Check the account at Slime, and run kamkap check"
        }
    }
}
