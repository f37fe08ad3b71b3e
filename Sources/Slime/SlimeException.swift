/// A refusal in Slime's own words (API page, "Exception Response").
public struct SlimeException: Sendable, Equatable {
    public let code: Code
    /// A hint for developers. It may quote what was sent, so it is bounded and holds only Slime's own text.
    public let message: String?

    public init(code: Code, message: String? = nil) {
        self.code = code
        self.message = message
    }

    /// Every exception code of the API page that our calls can meet, and any other code.
    public enum Code: Sendable, Hashable {
        case keyNotFound, iatDrift, invalidSubject, verificationError, decodeError, jwtSchemaViolation
        case schemaViolation, certificateNotReady, insufficientBalance, tradeInitiated, sellerNotConfigured
        case invalidUnitCode, themeNotFound, unsupportedDocumentType, unsupportedLanguage
        case checkDigitFailed, invalidEmail, invalidPhoneNumber
        case invalidCountry, invalidPostcode, invalidChangwat, invalidAmphoe, invalidTambon
        case amphoeNotInChangwat, tambonNotInAmphoe
        case notFound, documentPending, notReady
        case ambiguousInstruction, invalidContinuationToken
        case unknown(String)
    }

    /// What a code means for what is owed.
    public enum Meaning: Sendable, Equatable {
        /// The transaction exists already: success, if it is ours.
        case alreadyInitiated
        /// Nothing is wrong for good: try again.
        case transient
        /// The account as a whole is refused until somebody corrects it.
        case accountWide
        /// Our request as such is refused: the account's fault if `test/hello` gets the same refusal, otherwise this
        /// sale's.
        case requestRefused
        /// This sale, or whatever else was asked, is refused as it is.
        case thisSale
        /// The theme is refused: the account's fault if the configuration names it, this sale's if the event does.
        case theme
        /// The clocks disagree.
        case clock
        /// Slime no longer knows how far we have read a list: read it again from a time on.
        case placeLost
        /// A code that is not on the page.
        case unknown
    }

    public var meaning: Meaning {
        switch code {
        case .tradeInitiated: .alreadyInitiated
        case .notFound, .documentPending, .notReady: .transient
        case .insufficientBalance, .certificateNotReady, .sellerNotConfigured, .keyNotFound, .verificationError:
            .accountWide
        case .decodeError, .jwtSchemaViolation, .invalidSubject: .requestRefused
        case .schemaViolation, .invalidUnitCode, .ambiguousInstruction: .thisSale
        case .checkDigitFailed, .invalidEmail, .invalidPhoneNumber, .invalidCountry, .invalidPostcode, .invalidChangwat,
            .invalidAmphoe, .invalidTambon, .amphoeNotInChangwat, .tambonNotInAmphoe:
            .thisSale
        case .themeNotFound, .unsupportedDocumentType, .unsupportedLanguage: .theme
        case .iatDrift: .clock
        case .invalidContinuationToken: .placeLost
        case .unknown(let text):
            // The prefix says what a code of a later page is about.
            if text.hasPrefix("LineItems::") || text.hasPrefix("Buyer::") {
                .thisSale
            } else if text.hasPrefix("Theme::") {
                .theme
            } else {
                .unknown
            }
        }
    }
}

extension SlimeException.Code {
    private static let named: [String: SlimeException.Code] = [
        "JWT::KeyNotFound": .keyNotFound,
        "JWT::IATDrift": .iatDrift,
        "JWT::InvalidSubject": .invalidSubject,
        "JWT::VerificationError": .verificationError,
        "JWT::DecodeError": .decodeError,
        "JWT::SchemaViolation": .jwtSchemaViolation,
        "SchemaViolation": .schemaViolation,
        "Certificate::NotReady": .certificateNotReady,
        "Fund::InsufficientBalance": .insufficientBalance,
        "Trade::Initiated": .tradeInitiated,
        "Seller::NotConfigured": .sellerNotConfigured,
        "LineItems::InvalidUnitCode": .invalidUnitCode,
        "Theme::NotFound": .themeNotFound,
        "Theme::UnsupportedDocumentType": .unsupportedDocumentType,
        "Theme::UnsupportedLanguage": .unsupportedLanguage,
        "Buyer::CheckDigitFailed": .checkDigitFailed,
        "Buyer::InvalidEmail": .invalidEmail,
        "Buyer::InvalidPhoneNumber": .invalidPhoneNumber,
        "Buyer::InvalidCountry": .invalidCountry,
        "Buyer::InvalidPostcode": .invalidPostcode,
        "Buyer::InvalidChangwat": .invalidChangwat,
        "Buyer::InvalidAmphoe": .invalidAmphoe,
        "Buyer::InvalidTambon": .invalidTambon,
        "Buyer::AmphoeNotInChangwat": .amphoeNotInChangwat,
        "Buyer::TambonNotInAmphoe": .tambonNotInAmphoe,
        "NotFound": .notFound,
        "DocumentPending": .documentPending,
        "NotReady": .notReady,
        "AmbiguousInstruction": .ambiguousInstruction,
        "InvalidContinuationToken": .invalidContinuationToken,
    ]
    private static let texts = Dictionary(uniqueKeysWithValues: named.map { ($0.value, $0.key) })

    /// The codes that the API page documents for our calls.
    public static let documented = named.values.sorted { $0.text < $1.text }

    public init(_ text: String) {
        self = Self.named[text] ?? .unknown(text)
    }

    /// As sent: `Fund::InsufficientBalance`.
    public var text: String {
        if case .unknown(let text) = self { text } else { Self.texts[self] ?? "" }
    }
}
