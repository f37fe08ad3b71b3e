import Foundation
import Journey
import Logging
import Outbox
import Runtime
import Sales
import SupplierInvoices
import TestRuntime
import Testing

@testable import Gateway

/// The gateway's care in a real folder.
@Suite(.timeLimit(.minutes(1))) struct SupplierInvoiceFolderTests {
    @Test(
        "an invoice that failed is filed, goes back to be read anew, and is filed with its reading",
        arguments: ["invoice.pdf", String(repeating: "ก", count: 83) + ".pdf"])
    func wholeWay(name: String) async throws {
        try await SupplierInvoiceStage.open { stage in
            let root = FileManager.default.temporaryDirectory.appending(path: "kamkap-folder-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: root) }
            let folder = try SupplierInvoiceFolder(
                root.path, access: .init(isForGroup: false, group: nil), longest: 1 << 20)
            let invoices = SupplierInvoiceOperations(
                outbox: stage.outbox, tasks: SupplierInvoiceTasks(service: stage.reader, files: folder),
                clock: stage.time.clock)
            let care = SupplierInvoiceCare(
                of: invoices, clock: stage.time.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            func names(_ place: String) throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: root.appending(path: place).path).sorted()
            }

            let file = try SupplierInvoiceStage.file("a", named: name)
            guard case .new(let number) = try await invoices.take(file) else { throw FixtureError() }
            #expect(try await invoices.take(file) == .unfinished(number: number))
            let document = "\(file.digest).pdf"
            try Data(file.bytes).write(to: root.appending(path: "reading/\(document)"))
            #expect(try await invoices.take(file) == .duplicate(number: number, file: name))

            try await stage.fail()
            #expect(await care.lookOnce().isEmpty)
            let filed = try #require(try await invoices.invoice(number).record.filedAs)
            #expect(try names("reading").isEmpty && names("failed").count == 2 && names("failed").contains(filed))
            #expect(try await invoices.reading(of: number) == nil)

            #expect(try await invoices.redo(number).shown == .waiting)
            #expect(try names("reading") == [document] && names("failed").isEmpty)
            try await folder.keepReading(Array(#"{"results":1}"#.utf8), of: file.digest)
            try await stage.attempt([.begun(remoteID: "J-2"), .done(result: nil)])
            #expect(await care.lookOnce().isEmpty)
            #expect(try names("reading").isEmpty && names("read").count == 2)
            #expect(try await invoices.reading(of: number) == Array(#"{"results":1}"#.utf8))

            // What was read stays where it is, whatever becomes of the second reading.
            #expect(try await invoices.redo(number).shown == .waiting)
            #expect(try names("reading") == [document] && names("read").count == 2)
            _ = try await invoices.remove(number)
            #expect(await care.lookOnce().isEmpty)
            #expect(try names("reading").isEmpty && names("read").count == 2 && names("failed").count == 2)
        }
    }
}
