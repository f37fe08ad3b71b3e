import Foundation
import Journey
import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import Sales
import SupplierInvoices
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct SupplierInvoiceOperationsTests {
    private typealias Stage = SupplierInvoiceStage

    @Test("the same bytes are taken once, whatever they are called, before and after they are read")
    func taken() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a", named: "ใบกำกับ.pdf")
            let view = try await stage.invoices.invoice(number)
            #expect(view.shown == .waiting && view.record.name == "ใบกำกับ.pdf" && view.lastError == nil)
            let copy = try Stage.file("a", named: "copy.pdf")
            #expect(try await stage.invoices.take(copy) == .duplicate(number: number, file: "ใบกำกับ.pdf"))
            try await stage.read()
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(try await stage.invoices.take(copy) == .duplicate(number: number, file: "ใบกำกับ.pdf"))
            #expect(try await stage.invoices.invoice(number).record.copies == 2)
            #expect(try await stage.invoices.list(state: nil, limit: 9, after: nil).views.count == 1)
        }
    }

    @Test("a file whose row is there and which never got to its place takes it now")
    func unfinished() async throws {
        try await Stage.open { stage in
            let file = try Stage.file("a")
            guard case .new(let number) = try await stage.invoices.take(file) else { throw FixtureError() }
            // The gateway was killed before it moved the file.
            #expect(try await stage.invoices.take(file) == .unfinished(number: number))
            stage.files.put(file)
            #expect(try await stage.invoices.take(file) == .duplicate(number: number, file: "invoice.pdf"))
        }
    }

    @Test("with a full disk none is taken")
    func full() async throws {
        try await Stage.open { stage in
            _ = stage.diskSpace.update(free: 10)
            let file = try Stage.file("a")
            let refusal = await stage.refusal { () async throws(OperationError) in try await stage.invoices.take(file) }
            guard case .diskFull? = refusal else { throw FixtureError() }
            #expect(try await stage.outbox.supplierInvoices(limit: 9).isEmpty)
        }
    }

    @Test("the list shows each as it stands, in pages, and those that are owed as held while the account is refused")
    func list() async throws {
        try await Stage.open { stage in
            let first = try await stage.take("a")
            try await stage.read()
            let second = try await stage.take("b")
            let (page, next) = try await stage.invoices.list(state: nil, limit: 1, after: nil)
            #expect(page.map(\.record.number) == [second] && next == second)
            let rest = try await stage.invoices.list(state: nil, limit: 1, after: next)
            #expect(rest.views.map(\.record.number) == [first] && rest.next == nil)
            let failure = Failure(code: "OCRInvoice::401", message: "no key", at: stage.time.now)
            try await stage.outbox.setAccount(AccountState(condition: .held, failure: failure), of: .ocrInvoice)
            let held = try await stage.invoices.list(state: .held, limit: 9, after: nil).views
            #expect(held.map(\.record.number) == [second] && held.first?.lastError?.code == "OCRInvoice::401")
            #expect(try await stage.invoices.list(state: .waiting, limit: 9, after: nil).views.isEmpty)
            #expect(try await stage.invoices.list(state: .read, limit: 9, after: nil).views.map(\.shown) == [.read])
            // Staff say that it is well again.
            #expect(try await stage.invoices.redo(second).shown == .waiting)
        }
    }

    @Test("what was read is shown once its file is in place")
    func reading() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            #expect(try await stage.invoices.reading(of: number) == nil)
            try await stage.read()
            #expect(try await stage.invoices.reading(of: number) == nil)
            _ = await stage.care().lookOnce()
            #expect(try await stage.invoices.reading(of: number) == Array("{}".utf8))
            stage.files.set("read/invoice.json", to: nil)
            #expect(try await stage.invoices.reading(of: number) == nil)
        }
    }

    @Test("the door shows a document for its own word alone, and only as long as it is owed")
    func door() async throws {
        try await Stage.open { stage in
            let (word, other) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
            _ = try await stage.take("a")
            let digest = try Stage.file("a").digest
            let token = try #require(DoorPublisher.digest(of: word))
            try await stage.outbox.openDoor(
                toSupplierInvoice: digest, token: token, until: stage.time.now + 60)
            #expect(try await stage.invoices.document(token: word)?.bytes == Stage.file("a").bytes)
            for guess in [other, "", "a", String(repeating: "a", count: 63), "../../etc/passwd"] {
                #expect(await stage.invoices.document(token: guess) == nil)
            }
            stage.time.advance(by: 60)
            #expect(await stage.invoices.document(token: word) == nil)
            try await stage.outbox.openDoor(
                toSupplierInvoice: digest, token: token, until: stage.time.now + 60)
            try await stage.read()
            #expect(await stage.invoices.document(token: word) == nil)
        }
    }

    @Test("one that failed is read anew: its file goes back, under a request and a publication of its own")
    func redo() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            let early = await stage.refusal { () async throws(OperationError) in
                try await stage.invoices.redo(number)
            }
            guard case .notYet? = early else { throw FixtureError() }
            _ = await stage.care().lookOnce()
            #expect(stage.files.names == ["failed/invoice.pdf", "failed/invoice.problem.json"])
            #expect(try await stage.invoices.redo(number).shown == .waiting)
            let record = try await stage.invoices.invoice(number).record
            #expect(record.context == "P-2" && record.remoteID == "J-1")
            #expect(stage.files.names == ["reading/\(record.digest).pdf"])
            let again = await stage.refusal { () async throws(OperationError) in try await stage.invoices.redo(number) }
            guard case .wrongState? = again else { throw FixtureError() }
            try await stage.read()
            _ = await stage.care().lookOnce()
            #expect(stage.files.names == ["read/invoice.json", "read/invoice.pdf"])
        }
    }

    @Test("what is published for the last reading is taken back before one is read anew")
    func redoWithdraws() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            stage.reader.fail(ServiceFailure(code: "Store::500", message: "no", disposition: .retry))
            _ = await stage.care().lookOnce()
            let refusal = await stage.refusal { () async throws(OperationError) in
                try await stage.invoices.redo(number)
            }
            guard case .unavailable? = refusal else { throw FixtureError() }
            #expect(try await stage.invoices.invoice(number).shown == .failed)
            stage.reader.fail(nil)
            #expect(try await stage.invoices.redo(number).shown == .waiting)
            #expect(stage.reader.asked == ["withdraw P-1"])
        }
    }

    @Test("one whose file is gone, or was changed, is not read anew", arguments: [nil, "%PDF-1.4 other\n%%EOF\n"])
    func redoWithoutFile(content: String?) async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.fail()
            _ = await stage.care().lookOnce()
            stage.files.set("failed/invoice.pdf", to: content)
            let refusal = await stage.refusal { () async throws(OperationError) in
                try await stage.invoices.redo(number)
            }
            guard case .wrongState? = refusal else { throw FixtureError() }
            let record = try await stage.invoices.invoice(number).record
            #expect(record.state == .failed && !record.isRedoAsked)
        }
    }

    @Test("one that is owed is given up: it is filed among those that failed, and nothing of it stays outside")
    func remove() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.attempt([
                .begun(remoteID: "J-1"),
                .absent(Failure(code: "OCRInvoice::NotYet", message: "", at: stage.time.now), until: stage.time.now),
            ])
            let view = try await stage.invoices.remove(number)
            #expect(view.shown == .removed && view.record.remoteID == nil && view.record.isCleared)
            #expect(stage.reader.asked == ["withdraw P-1", "remove J-1"])
            _ = await stage.care().lookOnce()
            #expect(stage.files.names == ["failed/invoice.pdf", "failed/invoice.problem.json"])
            #expect(try await stage.invoices.remove(number).shown == .removed)
        }
    }

    @Test("one is given up although the service does not answer, and its job there is deleted later")
    func removeLater() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.attempt([
                .begun(remoteID: "J-1"),
                .absent(Failure(code: "OCRInvoice::NotYet", message: "", at: stage.time.now), until: stage.time.now),
            ])
            stage.reader.fail(
                ServiceFailure(
                    code: "Gateway::Unanswered", message: "no", disposition: .noAnswer(isServiceWide: true)))
            #expect(try await stage.invoices.remove(number).shown == .removed)
            #expect(await stage.care().lookOnce() == ["clear \(number)"])
            stage.reader.fail(nil)
            #expect(await stage.care().lookOnce().isEmpty)
            #expect(stage.reader.asked == ["withdraw P-1", "remove J-1"])
            // Nothing is at the service any more: it is made anew.
            #expect(try await stage.invoices.redo(number).record.remoteID == nil)
        }
    }

    @Test("of one that was read the job is deleted at the service, and the reading stays")
    func removeRead() async throws {
        try await Stage.open { stage in
            let number = try await stage.take("a")
            try await stage.read()
            _ = await stage.care().lookOnce()
            stage.reader.fail(ServiceFailure(code: "OCRInvoice::500", message: "no", disposition: .retry))
            let refusal = await stage.refusal { () async throws(OperationError) in
                try await stage.invoices.remove(number)
            }
            guard case .unavailable? = refusal else { throw FixtureError() }
            stage.reader.fail(nil)
            let view = try await stage.invoices.remove(number)
            #expect(view.shown == .read && view.record.remoteID == nil)
            #expect(stage.reader.asked == ["remove J-\(number)"])
            #expect(try await stage.invoices.reading(of: number) != nil)
        }
    }

    @Test("what the service does not list is refused with its code")
    func remote() async throws {
        try await Stage.open { stage in
            let refusal = await stage.refusal { () async throws(OperationError) in
                try await stage.invoices.remote(search: "KK", from: 50, size: 10)
            }
            guard case .unavailable(let text, _, _)? = refusal else { throw FixtureError() }
            #expect(text.contains("Reader::NoList") && stage.reader.asked == ["list KK 50 10"])
        }
    }
}
