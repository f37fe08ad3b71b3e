import Foundation
import Journey
import Monitoring
import Sales
import TestRuntime
import Testing

@testable import Gateway
@testable import Outbox

// Documents that are not archived, or not on paper.
extension AlarmMonitorTests {
    @Test("a document that may be on no paper needs a hand as a receipt does, and its own command prints it")
    func documentPrintsFailed() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            let id = try await shop.sell("A")
            let document = try #require(DocumentID("A-D1"))
            func end(_ event: PrintMachine.Event) async throws {
                let print = try #require(
                    try await shop.outbox.printDocument(
                        document, of: id, pdf: [1], on: "front", at: shop.time.now))
                try await shop.outbox.apply(.began, toDocumentPrint: print.seq)
                try await shop.outbox.apply(event, toDocumentPrint: print.seq)
            }
            try await end(.lostContact(reason: "gone", at: shop.time.now))
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .printsFailed && alarm.printer == "front" && alarm.count == 1)
            #expect(
                alarm.text.contains("(the last: gone): A. To print it: kamkap documents ID --print; to acknowledge:"))
            shop.time.advance(by: 1)
            try await settle("A", .failed(reason: "nobody came", at: shop.time.now), in: shop)
            let both = try #require(await alarms(alarmMonitor).first)
            #expect(both.count == 2 && both.reason == "nobody came")
            #expect(
                both.text.contains("To print them: kamkap reprint ID, of 1 document kamkap documents ID --print; to"))
            try await alarmMonitor.acknowledge(.printsFailed, of: "back")
            #expect(await alarms(alarmMonitor).map(\.count) == [2])
            try await alarmMonitor.acknowledge(.printsFailed, of: "front")
            #expect(await codes(alarmMonitor) == [])
            try await end(.lostContact(reason: "gone again", at: shop.time.now))
            #expect(await codes(alarmMonitor) == [.printsFailed])
            // Staff print it after all, and it comes out.
            try await end(.confirmed(.cups, at: shop.time.now))
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("documents that are not in the archive a day after they became known are told of")
    func documentsBehind() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            let job = try await shop.outbox.sale(id).registration.job
            try await shop.outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x/y")], toJob: job, at: shop.time.now)
            try await shop.outbox.beginStream(
                of: .slime, with: StreamRequest(bytes: [1], context: nil), at: shop.time.now)
            var limits = JobLimits(all: 9)
            limits.streams = 1
            let stream = try #require(
                try await shop.outbox.beginJobs(of: .slime, at: shop.time.now, within: limits).first)
            let document = ProvidedDocument(
                id: try #require(DocumentID("A-D1")), transactionID: "A", sequence: 1, isReady: true)
            _ = try await shop.outbox.keep(
                StreamPart(
                    documents: [document], next: StreamRequest(bytes: [1], context: nil), due: .distantFuture),
                ofJob: stream.seq, at: shop.time.now)
            #expect(try await shop.outbox.askForFiles(of: .slime, at: shop.time.now, atMost: 9) == 1)
            shop.time.advance(by: 86_399)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 1)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .documentsBehind && alarm.count == 1)
            #expect(
                alarm.text.hasPrefix("1 document is not in the archive yet; the oldest has been known for 24 hours."))
            limits.files = 9
            let files = try await shop.outbox.beginJobs(of: .slime, at: shop.time.now, within: limits)
            #expect(files.count == 2)
            for job in files { try await shop.outbox.fileArchived(job: job.seq) }
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("an archive that cannot be used says why, and for how long")
    func archiveUnwritable() {
        let now = Date(timeIntervalSince1970: 1_795_144_500)
        let alarm = Alarm(
            archiveTrouble: "The folder /x is gone.", reason: "Gateway::ArchiveUnwritable", lasting: .seconds(90),
            at: now)
        #expect(alarm.code == .archiveUnwritable && alarm.since == now - 90)
        #expect(alarm.text.contains("The folder /x is gone.") && alarm.text.contains("documents.archive"))
    }
}
