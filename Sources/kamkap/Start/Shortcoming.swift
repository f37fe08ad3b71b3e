import Logging
import Runtime

/// Something of the configuration that cannot be had, and that papers are printed without.
struct Shortcoming: Sendable, Equatable {
    /// The configuration's key.
    let key: String
    /// What is the matter, and what becomes of the papers.
    let text: String

    func log(to logger: Logger) {
        logger.warning("papers lack a part", metadata: [LogKey.key: "\(key)", LogKey.reason: "\(text)"])
    }
}
