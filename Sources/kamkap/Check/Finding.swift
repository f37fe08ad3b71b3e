import JSON

/// One line of `kamkap check`: what was tried, the result, and what to do if it failed.
struct Finding: Sendable {
    enum Kind: Sendable {
        /// A fault of the configuration, or of a file that it names.
        case configuration
        /// A fault outside: a provider, a printer, the disk.
        case environment
    }

    let subject: String
    var kind = Kind.configuration
    let isWell: Bool
    /// What was found.
    let detail: String
    var remedy: String?

    static func well(_ subject: String, _ detail: String) -> Finding {
        Finding(subject: subject, isWell: true, detail: detail)
    }

    /// Tries what the configuration names; the error describes its fault.
    static func trying(_ subject: String, _ detail: String, _ check: () throws -> Void) -> Finding {
        do {
            try check()
            return .well(subject, detail)
        } catch {
            let message = (error as? CommandExit)?.message ?? "\(error)"
            return Finding(subject: subject, isWell: false, detail: message)
        }
    }

    static func fault(_ subject: String, _ detail: String, remedy: String? = nil) -> Finding {
        Finding(subject: subject, kind: .environment, isWell: false, detail: detail, remedy: remedy)
    }

    func line(styled: Bool) -> String {
        let verdict = (isWell ? "ok" : "fault").padded(to: 7)
        let text = detail + (remedy.map { ". \($0)" } ?? "")
        return (styled ? Style(isWell: isWell).apply(verdict) : verdict) + subject.padded(to: 15)
            + SaleText.plain(text)
    }

    var json: JSONValue {
        .object([
            "subject": .string(subject), "ok": .bool(isWell), "detail": .string(detail),
            "remedy": remedy.map { .string($0) } ?? .null,
        ])
    }
}
