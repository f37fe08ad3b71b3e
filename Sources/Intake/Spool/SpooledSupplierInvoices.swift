import Gateway
import GatewayAPI
import Host
import JSON
import OCRInvoice
import SupplierInvoices

/// A supplier's invoice in each file. Its bytes tell it from others, not its name.
struct SpooledSupplierInvoices: SpoolContent {
    let endings = OCRDocumentType.allCases.map(\.rawValue)
    let maximumKey = "supplier_invoices.max_size"
    let folders = SpoolFolders(accepted: "reading", rejected: "failed", known: "read")
    /// Each is in memory as a whole.
    let atOnce = 2
    let maximum: Int
    let invoices: SupplierInvoiceOperations

    func outlook(of name: FileName) async -> SpoolAnswer? { nil }

    func isWhole(_ bytes: [UInt8], named name: FileName) -> Bool {
        DocumentEnd.isThere(in: bytes)
    }

    func take(_ bytes: [UInt8], named name: FileName) async -> SpoolAnswer {
        let file: SupplierFile
        do throws(SupplierFileError) {
            file = try SupplierFile(bytes, named: Self.text(of: name))
        } catch {
            return .refused(
                Problem(.invalidRequest, status: 422, title: "The file is no invoice", detail: error.message))
        }
        do throws(OperationError) {
            switch try await invoices.take(file) {
            case .new, .unfinished:
                guard let name = FileName("\(file.digest).\(file.type.rawValue)") else { return .mustWait("no name") }
                return .takenAs(name)
            case .duplicate(let number, let first): return .known(Self.note(number, first))
            }
        } catch {
            return SpoolAnswer(error)
        }
    }

    /// What lies beside a file whose bytes came before.
    private static func note(_ number: Int64, _ file: String) -> JSONValue {
        .object([
            "duplicate_of": .object(["number": .number(JSONNumber(Int(number))), "file": .string(file)])
        ])
    }

    /// A name that is not UTF-8 is kept as people see it.
    private static func text(of name: FileName) -> String {
        String(validating: name.bytes, as: UTF8.self) ?? "\(name)"
    }
}
