public import Foundation

extension Alarm {
    /// The archive of documents keeps nothing now.
    ///
    /// - Parameters:
    ///   - message: what happened.
    ///   - reason: the same in one word.
    ///   - lasting: for how long, by a clock that does not step.
    public init(archiveTrouble message: String, reason: String, lasting: Duration, at now: Date) {
        self.init(
            .archiveUnwritable, reason: reason, since: now.addingTimeInterval(-(lasting / .seconds(1))),
            "The archive of documents cannot be used: \(message) Sales and papers go on, and the provider keeps the documents; what is missing is fetched by itself once the archive takes files again (documents.archive)."
        )
    }
}
