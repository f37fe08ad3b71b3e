import Sales

/// `[documents]`: what is done about the documents that the provider makes.
public struct DocumentsSettings: Sendable, Equatable {
    /// Whether the provider's stream of documents is followed.
    public var follow = true
    public var poll: Duration = .seconds(60)
    /// The folder for files, an absolute path; nil if they are not kept.
    public var archive: String?
    /// The name of the printer for full invoices.
    public var printer: String?

    public init() {}
}

extension DocumentsSettings {
    /// Often enough for head office, and seldom enough for the provider. Nothing is put off for longer than an hour
    /// (docs/clocks.md).
    private static let polls: ClosedRange<Duration> = .seconds(10) ... .seconds(3_600)

    init(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        self.init()
        if let value = table.flag("follow") { follow = value }
        let poll = table.parsed("poll", rule: "a duration from \"10s\" to \"1h\"") { text in
            DurationText.parse(text).flatMap { Self.polls.contains($0) ? $0 : nil }
        }
        if let poll { self.poll = poll }
        archive = table.string("archive").map(paths.resolve)
        printer = table.string("printer")
        table.refuseUnknownKeys()
    }

    /// An invoice is a whole page: only a print server has a driver that sets one.
    ///
    /// - Parameter printers: nil for one that has a fault of its own.
    func check(printers: [PrinterSettings?], faults: SettingsFaults) {
        guard let printer else { return }
        if let named = printers.compactMap(\.self).first(where: { $0.name == printer }) {
            if named.device.hasPrefix("cups://") { return }
        } else if printers.contains(where: { $0 == nil }) {
            // It may be the one that could not be read.
            return
        }
        faults.add(
            "documents.printer", "expected the name of a printer whose device begins with cups://, found \"\(printer)\""
        )
    }

    /// With Billgate alone: files are fetched and printed when staff ask for them, but nothing tells of new ones.
    func checkWithoutStream(_ faults: SettingsFaults) {
        if follow {
            faults.add(
                "documents.follow",
                "expected false: Billgate has no stream of documents to follow. documents.printer needs none")
        }
        if archive != nil {
            faults.add(
                "documents.archive",
                "expected none: an archive is filled from Slime's stream of documents, and there is no [slime]")
        }
    }
}
