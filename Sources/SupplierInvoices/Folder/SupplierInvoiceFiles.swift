public import OCRInvoice

/// Where a document is filed in the end.
public enum SupplierInvoicePlace: String, Sendable, CaseIterable {
    case read, failed
}

/// What became of a document.
public enum SupplierInvoiceOutcome: Sendable, Equatable {
    /// Its reading is kept.
    case read
    /// `problem`: why, as JSON.
    case failed(problem: [UInt8])

    public var place: SupplierInvoicePlace { if case .read = self { .read } else { .failed } }
}

/// Documents while they are read, and their places afterwards. A digest is SHA-256 as 64 hexadecimal digits.
public protocol SupplierInvoiceFiles: Sendable {
    func document(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> [UInt8]
    func hasDocument(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> Bool

    /// All that are where they are read from.
    func documents() async throws(SupplierFolderError) -> [PublishedDocument.Name]

    /// Keeps what was read, once: a reading that is there stays.
    func keepReading(_ json: [UInt8], of digest: String) async throws(SupplierFolderError)
    func hasReading(of digest: String) async throws(SupplierFolderError) -> Bool

    /// The name under which a document can be filed, with all that comes beside it.
    func freeName(for name: String, in place: SupplierInvoicePlace) async throws(SupplierFolderError) -> String
    /// Files a document under a name that was free. After a kill in the middle it goes on where that one was, and does nothing
    /// once it is done. Throws ``SupplierFolderError/Code/missing`` if somebody took the document away.
    func file(
        _ digest: String, _ type: OCRDocumentType, as name: String, _ outcome: SupplierInvoiceOutcome
    ) async throws(SupplierFolderError)
    /// Brings a filed document back to be read again. From ``SupplierInvoicePlace/read`` it is copied: that one stays.
    func takeBack(
        _ digest: String, _ type: OCRDocumentType, from name: String, _ place: SupplierInvoicePlace
    ) async throws(SupplierFolderError)
    /// What lies beside a document that was read.
    func filedReading(of name: String) async throws(SupplierFolderError) -> [UInt8]
}
