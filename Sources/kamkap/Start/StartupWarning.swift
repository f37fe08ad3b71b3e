import Logging
import Runtime

/// Something in the configuration that is unavailable, and that papers lack.
struct StartupWarning: Sendable, Equatable {
    /// The configuration's key.
    let key: String
    /// What is wrong, and how papers are printed.
    let text: String

    func log(to logger: Logger) {
        logger.warning("papers lack a part", metadata: [LogKey.key: "\(key)", LogKey.reason: "\(text)"])
    }
}
