/// The error codes that servers of S3 send for what we do (Amazon S3 API Reference, "List of error codes"; the last ones are of
/// other servers). A code that is not here is not shown either: nobody knows what a server puts there.
enum StoreCode: String, Sendable, CaseIterable {
    // It may go well later.
    case internalError = "InternalError"
    case serviceUnavailable = "ServiceUnavailable"
    case slowDown = "SlowDown"
    case requestTimeout = "RequestTimeout"
    case operationAborted = "OperationAborted"
    case temporaryRedirect = "TemporaryRedirect"
    case quotaExceeded = "QuotaExceeded"
    case tooManyRequests = "TooManyRequests"
    // The body was changed or cut on the way.
    case badDigest = "BadDigest"
    case contentDigestMismatch = "XAmzContentSHA256Mismatch"
    case incompleteBody = "IncompleteBody"

    // Staff have to act.
    case accessDenied = "AccessDenied"
    case allAccessDisabled = "AllAccessDisabled"
    case accountProblem = "AccountProblem"
    case notSignedUp = "NotSignedUp"
    case userSuspended = "UserSuspended"
    case invalidAccessKeyID = "InvalidAccessKeyId"
    case signatureDoesNotMatch = "SignatureDoesNotMatch"
    case invalidToken = "InvalidToken"
    case expiredToken = "ExpiredToken"
    case noSuchBucket = "NoSuchBucket"
    case invalidBucketName = "InvalidBucketName"
    case permanentRedirect = "PermanentRedirect"
    case illegalLocation = "IllegalLocationConstraintException"
    case authorizationHeaderMalformed = "AuthorizationHeaderMalformed"
    case authorizationQueryParameters = "AuthorizationQueryParametersError"
    case methodNotAllowed = "MethodNotAllowed"
    case notImplemented = "NotImplemented"

    // This object is not taken.
    case entityTooLarge = "EntityTooLarge"
    case entityTooSmall = "EntityTooSmall"

    // Nor any other: all of ours have one shape.
    case keyTooLong = "KeyTooLongError"
    case invalidURI = "InvalidURI"
    case invalidObjectName = "XMinioInvalidObjectName"
    case invalidRequest = "InvalidRequest"
    case invalidArgument = "InvalidArgument"
    case invalidDigest = "InvalidDigest"
    case missingContentLength = "MissingContentLength"
    case metadataTooLarge = "MetadataTooLarge"
    case preconditionFailed = "PreconditionFailed"

    case requestTimeTooSkewed = "RequestTimeTooSkewed"

    // There is no such object.
    case noSuchKey = "NoSuchKey"
    case noSuchVersion = "NoSuchVersion"

    case storageFull = "XMinioStorageFull"

    var meaning: ObjectStoreError.Meaning {
        switch self {
        case .internalError, .serviceUnavailable, .slowDown, .requestTimeout, .operationAborted, .temporaryRedirect,
            .quotaExceeded, .tooManyRequests, .badDigest, .contentDigestMismatch, .incompleteBody, .storageFull:
            .retry
        case .accessDenied, .allAccessDisabled, .accountProblem, .notSignedUp, .userSuspended, .invalidAccessKeyID,
            .signatureDoesNotMatch, .invalidToken, .expiredToken, .noSuchBucket, .invalidBucketName,
            .permanentRedirect, .illegalLocation, .authorizationHeaderMalformed, .authorizationQueryParameters,
            .methodNotAllowed, .notImplemented, .keyTooLong, .invalidURI, .invalidObjectName, .invalidRequest,
            .invalidArgument, .invalidDigest, .missingContentLength, .metadataTooLarge, .preconditionFailed,
            .noSuchKey, .noSuchVersion:
            .misconfigured
        case .entityTooLarge, .entityTooSmall: .refused
        case .requestTimeTooSkewed: .clock
        }
    }

    /// What staff do about it.
    func advice(table: String, region: String?) -> String {
        switch self {
        case .accessDenied, .allAccessDisabled:
            "the key may not do this in the bucket; it has to put, get and delete objects"
        case .accountProblem, .notSignedUp, .userSuspended, .quotaExceeded, .storageFull:
            "look at the account at the store"
        case .invalidAccessKeyID, .invalidToken, .expiredToken: "check \(table).key_id"
        case .signatureDoesNotMatch: "check \(table).secret_file"
        case .noSuchBucket, .invalidBucketName: "check \(table).bucket"
        case .permanentRedirect, .illegalLocation, .authorizationHeaderMalformed, .authorizationQueryParameters:
            "check \(table).region and \(table).endpoint" + (region.map { "; the store names the region \($0)" } ?? "")
        case .methodNotAllowed, .notImplemented: "check \(table).endpoint"
        case .badDigest, .contentDigestMismatch, .incompleteBody: "the object was changed on the way"
        case .requestTimeTooSkewed: "this machine's clock and the store's differ by more than 15 minutes"
        case .entityTooLarge: "the object is longer than the store takes"
        case .noSuchKey, .noSuchVersion: "there is no such object"
        case .internalError, .serviceUnavailable, .slowDown, .requestTimeout, .operationAborted, .temporaryRedirect,
            .tooManyRequests:
            "it cannot do this now"
        case .entityTooSmall: "the object is shorter than the store takes"
        case .keyTooLong, .invalidURI, .invalidObjectName, .invalidRequest, .invalidArgument,
            .invalidDigest, .missingContentLength, .metadataTooLarge, .preconditionFailed:
            "it takes no object as this gateway sends it; check \(table).endpoint, and the bucket's rules at the store"
        }
    }
}
