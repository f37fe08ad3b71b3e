/// One fault of the configuration.
public struct SettingsFault: Sendable, Equatable, CustomStringConvertible {
    /// `slime.timeout`, `printers[1].device`; empty for the file as a whole.
    public let key: String
    /// Counted from 1, if it can be found.
    public let line: Int?
    /// What was found and what is accepted.
    public let detail: String

    public init(key: String, line: Int? = nil, detail: String) {
        self.key = key
        self.line = line
        self.detail = detail
    }

    public var description: String {
        (line.map { "line \($0): " } ?? "") + (key.isEmpty ? "" : "\(key): ") + detail
    }
}

/// All faults of a configuration file.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let faults: [SettingsFault]

    public init(file: String, faults: [SettingsFault]) {
        self.file = file
        self.faults = faults
    }

    public var description: String {
        faults.map { "\(file): \($0)" }.joined(separator: "\n")
    }
}
