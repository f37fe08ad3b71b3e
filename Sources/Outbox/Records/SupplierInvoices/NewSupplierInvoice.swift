public import Foundation

/// A supplier's invoice to keep, whose file lies where it came.
public struct NewSupplierInvoice: Sendable {
    /// What is kept of the file beside it.
    public struct File: Sendable, Equatable {
        /// As it came.
        public let name: String
        /// What its bytes are, as its name ends: `pdf`.
        public let type: String
        /// Bytes.
        public let size: Int
        /// SHA-256, as 64 hexadecimal digits in lower case.
        public let digest: String

        public init(_ name: String, type: String, size: Int, digest: String) {
            self.name = name
            self.type = type
            self.size = size
            self.digest = digest
        }
    }

    public let file: File
    /// What has it read.
    public let job: NewJob
    /// In counted time.
    public let receivedAt: Date
    /// As the machine's clock shows it.
    public let shownAt: Date

    public init(_ file: File, job: NewJob, receivedAt: Date, shownAt: Date) {
        self.file = file
        self.job = job
        self.receivedAt = receivedAt
        self.shownAt = shownAt
    }
}

/// The outcome of a supplier's invoice that came.
public enum SupplierInvoiceAcceptance: Sendable, Equatable {
    case new(SupplierInvoiceRecord)
    /// The same bytes came before.
    case same(SupplierInvoiceRecord)
}
