public import Host
public import OCRInvoice

/// The folder of suppliers' invoices: `reading/` while they are read, `read/` and `failed/` afterwards. What is dropped comes
/// into `incoming/`, which is not its affair.
public struct SupplierInvoiceFolder: SupplierInvoiceFiles {
    static let explanation = ".problem.json"
    static let reading = ".json"
    /// Bytes of a filed name that leave room for every ending beside it.
    private static let longestName = FileName.longest - explanation.utf8.count + ".pdf".utf8.count

    private let root: String
    private let access: FolderAccess
    /// Bytes of the longest document.
    private let longest: Int

    /// Who may look into the folders.
    public struct FolderAccess: Sendable {
        let folders: UInt32
        let group: String?
        let files: FileAccess

        /// - Parameters:
        ///   - isForGroup: whether the group may read what is filed.
        ///   - group: its name; nil for the gateway's own.
        public init(isForGroup: Bool, group: String?) throws(HostError) {
            folders = isForGroup ? 0o750 : 0o700
            self.group = group
            files = try FileAccess(mode: isForGroup ? 0o640 : 0o600, group: group)
        }
    }

    public init(_ root: String, access: FolderAccess, longest: Int) throws(HostError) {
        self.root = root
        self.access = access
        self.longest = longest
        try makeMissing()
    }

    private func makeMissing() throws(HostError) {
        for folder in ["reading", "read", "failed"].map({ "\(root)/\($0)" }) where !Folder.exists(folder) {
            try Folder.make(folder, mode: access.folders, group: access.group)
        }
    }

    // MARK: While it is read

    public func document(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> [UInt8] {
        try await here { () async throws(HostError) in
            try await DurableFile.read(try place(of: digest, type), maxBytes: longest).bytes
        }
    }

    public func hasDocument(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> Bool {
        try await here { () async throws(HostError) in try await Folder.item(try place(of: digest, type))?.kind == .file
        }
    }

    public func documents() async throws(SupplierFolderError) -> [PublishedDocument.Name] {
        try await here { () async throws(HostError) in
            try await Folder.list("\(root)/reading").compactMap { item in
                guard item.kind == .file, let name = String(validating: item.name.bytes, as: UTF8.self) else {
                    return nil
                }
                let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
                // A digest has the form of such a name.
                guard parts.count == 2, PublicationName(String(parts[0])) != nil,
                    let type = OCRDocumentType(rawValue: String(parts[1]))
                else { return nil }
                return PublishedDocument.Name(digest: String(parts[0]), type: type)
            }
        }
    }

    public func keepReading(_ json: [UInt8], of digest: String) async throws(SupplierFolderError) {
        try await here { () async throws(HostError) in
            do throws(HostError) {
                _ = try await DurableFile.write(json, to: try readingPlace(of: digest), access: access.files)
            } catch {
                guard error.code == .alreadyExists else { throw error }
            }
        }
    }

    public func hasReading(of digest: String) async throws(SupplierFolderError) -> Bool {
        try await here { () async throws(HostError) in
            try await Folder.item(try readingPlace(of: digest))?.kind == .file
        }
    }

    // MARK: Afterwards

    public func freeName(
        for name: String, in place: SupplierInvoicePlace
    ) async throws(SupplierFolderError) -> String {
        try await here { () async throws(HostError) in
            let companion = Self.companion(in: place)
            let wanted = try filed(as: name, in: place)
            let found = try await DurableFile.free(wanted, longest: Self.longestName) {
                [$0, Self.beside($0, companion)]
            }
            return String(decoding: found.name.bytes, as: UTF8.self)
        }
    }

    public func file(
        _ digest: String, _ type: OCRDocumentType, as name: String, _ outcome: SupplierInvoiceOutcome
    ) async throws(SupplierFolderError) {
        try await here { () async throws(HostError) in
            let target = try filed(as: name, in: outcome.place)
            let companion = Self.beside(target, Self.companion(in: outcome.place))
            // What explains a document is there before it.
            switch outcome {
            case .read: try await move(try readingPlace(of: digest), to: companion)
            case .failed(let problem):
                if try await Folder.item(companion) == nil {
                    _ = try await DurableFile.write(problem, to: companion, access: access.files)
                }
            }
            try await move(try place(of: digest, type), to: target)
            if case .failed = outcome { try await removeIfThere(try readingPlace(of: digest)) }
        }
    }

    public func takeBack(
        _ digest: String, _ type: OCRDocumentType, from name: String, _ place: SupplierInvoicePlace
    ) async throws(SupplierFolderError) {
        try await here { () async throws(HostError) in
            let (source, target) = (try filed(as: name, in: place), try self.place(of: digest, type))
            // An earlier reading is not this one's.
            try await removeIfThere(try readingPlace(of: digest))
            if try await Folder.item(target) == nil {
                switch place {
                case .failed: try await move(source, to: target)
                case .read:
                    let bytes = try await DurableFile.read(source, maxBytes: longest).bytes
                    _ = try await DurableFile.write(bytes, to: target, access: access.files)
                }
            }
            if place == .failed { try await removeIfThere(Self.beside(source, Self.explanation)) }
        }
    }

    public func filedReading(of name: String) async throws(SupplierFolderError) -> [UInt8] {
        try await here { () async throws(HostError) in
            let place = Self.beside(try filed(as: name, in: .read), Self.reading)
            return try await DurableFile.read(place, maxBytes: Self.longestReading).bytes
        }
    }

    private static let longestReading = 64 << 20

    // MARK: Places

    private func place(of digest: String, _ type: OCRDocumentType) throws(HostError) -> FilePlace {
        try FilePlace(path: "\(root)/reading/\(digest).\(type.rawValue)")
    }

    private func readingPlace(of digest: String) throws(HostError) -> FilePlace {
        try FilePlace(path: "\(root)/reading/\(digest)\(Self.reading)")
    }

    private func filed(as name: String, in place: SupplierInvoicePlace) throws(HostError) -> FilePlace {
        guard let name = FileName(name) else { throw HostError(.invalidPath, "\(name) does not name a file.") }
        return FilePlace("\(root)/\(place.rawValue)", name)
    }

    private static func companion(in place: SupplierInvoicePlace) -> String {
        place == .read ? reading : explanation
    }

    private static func beside(_ place: FilePlace, _ ending: String) -> FilePlace {
        FilePlace(place.folder, place.name.replacingEnding(by: ending))
    }

    /// One that is gone, with a file at its new place, was moved before a kill.
    private func move(_ source: FilePlace, to target: FilePlace) async throws(HostError) {
        do throws(HostError) {
            _ = try await DurableFile.move(source, to: target, collision: .refuse, access: access.files)
        } catch {
            let isMoved =
                error.code == .notFound ? try await Folder.item(target)?.kind == .file : false
            if !isMoved { throw error }
        }
    }

    private func removeIfThere(_ place: FilePlace) async throws(HostError) {
        do throws(HostError) { try await DurableFile.remove(place) } catch {
            guard error.code == .notFound else { throw error }
        }
    }

    /// Somebody may have removed the folders.
    private func here<Value: Sendable>(
        _ body: () async throws(HostError) -> Value
    ) async throws(SupplierFolderError) -> Value {
        do throws(HostError) {
            try makeMissing()
            return try await body()
        } catch {
            throw SupplierFolderError(error)
        }
    }
}
