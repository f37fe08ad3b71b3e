import Foundation
public import SupplierInvoices

/// The folder of a test's documents, each named by a key.
public final class InvoiceFolder: Sendable {
    public let path: String
    public let folder: SupplierInvoiceFolder

    public init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "kamkap-read-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = try SupplierInvoiceFolder(
            path, access: .init(isForGroup: false, group: nil), longest: 1 << 20)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Its document lies where the service is given it from.
    public func file(of key: String) throws -> SupplierFile {
        let file = try SupplierFile(Array("%PDF-1.7 \(key)".utf8), named: "\(key).pdf")
        let place = "\(path)/reading/\(file.digest).pdf"
        if !FileManager.default.fileExists(atPath: place) { try Data(file.bytes).write(to: URL(filePath: place)) }
        return file
    }

    public func reading(of digest: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: "\(path)/reading/\(digest).json"))).map(Array.init)
    }

    public func hasReading(of digest: String) -> Bool { reading(of: digest) != nil }

    /// Of the documents that a test has: A, B, C, D, Z.
    public func key(ofNumber number: String) -> String {
        let keys = ["A", "B", "C", "D", "Z"]
        return keys.first { key in (try? file(of: key)).map { number.hasSuffix($0.digest.prefix(20)) } ?? false }
            ?? number
    }
}
