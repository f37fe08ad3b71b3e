import Foundation
import Journey
import Outbox
import RemoteServices
import Runtime
import Sales
import SupplierInvoices
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct SupplierInvoiceCareTests {
    private typealias Stage = SupplierInvoiceStage

    @Test("what was read is filed beside its document, once, and nothing that lies there is written over")
    func filed() async throws {
        try await Stage.open { stage in
            stage.files.set("read/invoice.pdf", to: "another")
            let number = try await stage.take("a")
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.files.names.contains { $0.hasPrefix("reading/") })
            try await stage.read()
            #expect(await stage.care().lookOnce().isEmpty)
            let names = stage.files.names
            #expect(names == ["read/invoice.2.json", "read/invoice.2.pdf", "read/invoice.pdf"])
            #expect(stage.files.content("read/invoice.pdf") == "another")
            let record = try await stage.invoices.invoice(number).record
            #expect(record.isFiled && record.filedAs == "invoice.2.pdf")
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.files.names == names && stage.reader.asked.isEmpty)
        }
    }

    @Test("why one could not be read lies beside it, and nothing of it stays published")
    func failed() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.files.names == ["failed/invoice.pdf", "failed/invoice.problem.json"])
            let problem = try #require(stage.files.content("failed/invoice.problem.json"))
            for part in [#""number":\#(number)"#, "OCRInvoice::ReadingFailed", "the words of the service"] {
                #expect(problem.contains(part))
            }
            #expect(stage.reader.asked == ["withdraw P-1"])
            #expect(try await stage.invoices.invoice(number).record.isCleared)
        }
    }

    @Test("a kill between two files of one invoice is made good, under the name that was chosen")
    func killed() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.read()
            stage.files.cutOffNext()
            #expect(await stage.care().lookOnce() == ["file \(number)"])
            #expect(try await stage.invoices.invoice(number).record.filedAs == "invoice.pdf")
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.files.names == ["read/invoice.json", "read/invoice.pdf"])
        }
    }

    @Test("a redo that was cut off goes on at the next start")
    func redoCutOff() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            _ = await stage.care().lookOnce()
            _ = try await stage.outbox.askRedo(supplierInvoice: number)
            #expect(await stage.care().lookOnce().isEmpty)
            let record = try await stage.invoices.invoice(number).record
            #expect(record.state == .waiting && !record.isRedoAsked && record.context == "P-2")
            #expect(stage.files.names == ["reading/\(record.digest).pdf"])
        }
    }

    @Test("one bad file stops none of the others, and is told of once, without its name")
    func oneBad() async throws {
        try await Stage.open { stage in
            var numbers: [Int64] = []
            for (index, text) in ["a", "b", "c"].enumerated() {
                numbers.append(try await stage.take(text, named: "somchai-\(index).pdf"))
                try await stage.read()
            }
            stage.files.breakName("somchai-0.pdf")
            let log = LogCollector()
            let care = stage.care(log.logger())
            let troubles = await care.lookOnce()
            #expect(troubles == ["file \(numbers[0])"])
            for number in numbers.dropFirst() {
                #expect(try await stage.invoices.invoice(number).record.isFiled)
            }
            #expect(await care.lookOnce(known: troubles) == troubles)
            #expect(log.lines.count == 1)
            #expect(log.lines.allSatisfy { !$0.contains("somchai") })
        }
    }

    @Test("a file that somebody took away holds nothing up")
    func takenAway() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            stage.files.set("reading/\(try Stage.file("a").digest).pdf", to: nil)
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(try await stage.invoices.invoice(number).record.isFiled)
        }
    }

    @Test("while the service does not answer, few calls are made in a look, and files are filed all the same")
    func unanswered() async throws {
        try await Stage.open { stage in
            for index in 0..<6 {
                _ = try await stage.take("\(index)", named: "\(index).pdf")
                try await stage.fail()
            }
            stage.reader.fail(
                ServiceFailure(
                    code: "Gateway::Unanswered", message: "", disposition: .noAnswer(isServiceWide: true)))
            #expect(await stage.care().lookOnce().count == 3)
            #expect(try await stage.outbox.supplierInvoices(to: .file, limit: 9).isEmpty)
            // A refusal of one object says nothing of the others.
            stage.reader.fail(ServiceFailure(code: "Store::403", message: "", disposition: .reject))
            #expect(await stage.care().lookOnce().count == 6)
            stage.reader.fail(nil)
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.reader.asked.count == 6)
        }
    }

    @Test("a document of which another database knew is read all the same, and one that is known is not taken twice")
    func stray() async throws {
        try await Stage.open { stage in
            let known = try await stage.take("a")
            let lost = try Stage.file("b")
            stage.files.put(lost)
            for _ in 0..<2 { try await stage.invoices.takeStray() }
            let records = try await stage.outbox.supplierInvoices(limit: 9)
            #expect(records.count == 2 && records.last?.number == known)
            #expect(records.first?.digest == lost.digest && records.first?.copies == 0)
            #expect(try await stage.invoices.take(lost) == .duplicate(number: known + 1, file: "\(lost.digest).pdf"))
        }
    }

    @Test("a settled one is filed as soon as it is, by the loop")
    func loop() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await withThrowingTaskGroup(of: Void.self) { group in
                let care = stage.care()
                group.addTask { try await care.run() }
                let ticks = stage.outbox.changes.ticks()
                try await stage.read()
                for await _ in ticks where try await stage.invoices.invoice(number).record.isFiled { break }
                group.cancelAll()
            }
            #expect(stage.files.names == ["read/invoice.json", "read/invoice.pdf"])
        }
    }
}
