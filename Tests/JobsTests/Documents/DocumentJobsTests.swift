import Foundation
import Jobs
import Journey
import Outbox
import RemoteServices
import Sales
import TestRuntime
import TestServices
import Testing

/// Jobs about documents: the stream that never ends, and the files of what it tells.
@Suite(.timeLimit(.minutes(1))) struct DocumentJobsTests {
    private static let unanswered = DocumentFailure(
        .failed, ServiceFailure(code: "Gateway::Unanswered", message: "x", disposition: .noAnswer(isServiceWide: false))
    )
    private static let unreachable = DocumentFailure(
        .failed, ServiceFailure(code: "Gateway::Unreachable", message: "x", disposition: .noAnswer(isServiceWide: true))
    )

    @Test("a sale learns of the documents that are made of it, also long after, and of all of them in pages")
    func followed() async throws {
        try await DocumentBench.following { bench in
            try await bench.register("A")
            bench.provider.make(try (1...7).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
            let sale = try await bench.sale("A") { $0.documents.count == 7 }
            #expect(sale.documents.map(\.sequence) == Array(1...7))
            bench.provider.make(try Sample.document("A-D8", of: "A", sequence: 8))
            try await bench.sale("A") { $0.documents.count == 8 }
        }
    }

    @Test("nothing is asked about documents before a sale is registered")
    func nothingToFollow() async throws {
        try await DocumentBench.archiving { bench in
            bench.provider.sales.inject(.jobRefused, at: .begin, times: 1)
            try await bench.accept("A")
            try await bench.sale("A") { $0.registration.state == .rejected }
            #expect(bench.provider.calls().isEmpty)
            try await bench.register("B")
            await bench.provider.waitForCalls(1)
            #expect(bench.provider.calls() == [.stream])
        }
    }

    @Test("the stream begins a day before the first sale, by whichever clock is earliest")
    func beginning() async throws {
        try await DocumentBench.archiving { bench in
            // The provider's clock is two days behind ours.
            let theirs = bench.time.now - 172_800
            bench.provider.show(ServiceTime(date: theirs, age: .zero))
            bench.provider.close()
            try await bench.register("A")
            await bench.provider.waitForCalls(1)
            var limits = JobLimits(all: 9)
            limits.streams = 1
            let job = try #require(
                try await bench.outbox.beginJobs(of: bench.provider.name, at: bench.time.now, within: limits).first)
            #expect(job.request == Array("from \((theirs - 86_400).timeIntervalSince1970)".utf8))
        }
    }

    @Test("a stream that was cut off goes on where it stood, and brings nothing twice")
    func restart() async throws {
        try await DocumentBench.following(
            { bench in
                try await bench.register("A")
                bench.provider.make(try (1...5).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
                try await bench.sale("A") { $0.documents.count == 5 }
            },
            { bench in
                bench.provider.make(try Sample.document("A-D6", of: "A", sequence: 6))
                let sale = try await bench.sale("A") { $0.documents.count == 6 }
                #expect(sale.documents.map(\.sequence) == Array(1...6))
                // One page: it did not begin at the beginning.
                #expect(bench.provider.calls().count { $0 == .stream } <= 5)
            })
    }

    @Test("a token that is not accepted any more sends the stream back, and what is known stays as it is")
    func staleToken() async throws {
        try await DocumentBench.following { bench in
            try await bench.register("A")
            bench.provider.make(try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.count == 1 }
            bench.provider.forgetTokens()
            bench.provider.make(try Sample.document("A-D2", of: "A", sequence: 2))
            let sale = try await bench.sale("A") { $0.documents.count == 2 }
            #expect(sale.documents.map(\.sequence) == [1, 2])
            #expect(bench.log.all.contains { $0.text.hasPrefix("document stream begins again") })
        }
    }

    @Test("strangers' documents are counted and passed over, and the log names none of them")
    func strangers() async throws {
        try await DocumentBench.following { bench in
            try await bench.register("A")
            bench.provider.make(
                try Sample.document("X-D1", of: "X-SECRET"), try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.count == 1 }
            #expect(try await bench.outbox.figures().documents.passedOver == 1)
            #expect(!bench.log.all.contains { $0.text.contains("X-") })
        }
    }

    @Test("each file of each document is archived once")
    func archived() async throws {
        try await DocumentBench.archiving { bench in
            try await bench.register("A")
            bench.provider.make(try (1...4).map { try Sample.document("A/D\($0)", of: "A", sequence: $0) })
            let sale = try await bench.sale("A") { $0.documents.count == 4 && $0.documents.allSatisfy(\.isArchived) }
            #expect(sale.documents.count == 4)
            #expect(bench.archive.files.count == 8 && bench.archive.keeps == 8)
            let (pdf, xml) = (try Sample.file("A/D2.pdf"), try Sample.file("A/D2.xml"))
            #expect(bench.archive.files[pdf] == ScriptedDocuments.pdf)
            #expect(bench.archive.files[xml] == ScriptedDocuments.xml)
            let fetched = bench.provider.calls().filter { $0 != .stream }
            #expect(fetched.count == 8 && Set(fetched).count == 8)
        }
    }

    @Test("a file that was written before a crash and not recorded is not fetched again")
    func foundInArchive() async throws {
        try await DocumentBench.archiving { bench in
            bench.archive.put(ScriptedDocuments.pdf, as: try Sample.file("A-D1.pdf"))
            try await bench.register("A")
            bench.provider.make(try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.first?.isArchived == true }
            let xml = try Sample.file("A-D1.xml")
            #expect(bench.provider.calls().filter { $0 != .stream } == [.file(xml)])
        }
    }

    @Test("a worker that is stopped in the middle leaves files to the next one, and no file is put in twice")
    func stoppedInTheMiddle() async throws {
        try await DocumentBench.archiving(
            { bench in
                try await bench.register("A")
                bench.provider.make(try (1...3).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
                try await bench.sale("A") { $0.documents.count == 3 }
                bench.provider.close()
            },
            { bench in
                try await bench.sale("A") { $0.documents.allSatisfy(\.isArchived) }
                #expect(bench.archive.files.count == 6)
                #expect(bench.archive.keeps == 6)
            })
    }

    /// What a file's call may find.
    static let fileFailures: [DocumentFailure] = [
        unanswered, unreachable,
        DocumentFailure(.notYet, ServiceFailure(code: "NotReady", message: "x", disposition: .retry)),
        DocumentFailure(.absent, ServiceFailure(code: "NotFound", message: "x", disposition: .retry)),
        DocumentFailure(.unusableFile, ServiceFailure(code: "File::Content", message: "x", disposition: .retry)),
        DocumentFailure(.failed, ServiceFailure(code: "File::404", message: "x", disposition: .retry)),
        DocumentFailure(.failed, ServiceFailure(code: "What", message: "x", disposition: .retrySeldom)),
        DocumentFailure(.failed, ServiceFailure(code: "SchemaViolation", message: "x", disposition: .reject)),
        DocumentFailure(.failed, ServiceFailure(code: "Fund::X", message: "x", disposition: .holdAccount)),
        DocumentFailure(.failed, ServiceFailure(code: "JWT::X", message: "x", disposition: .askProbe)),
    ]

    @Test("whatever a file's call finds, it is tried again, and no sale notices", arguments: fileFailures)
    func fileFails(failure: DocumentFailure) async throws {
        try await DocumentBench.archiving { bench in
            try await bench.register("A")
            let pdf = ScriptedDocuments.Call.file(try Sample.file("A-D1.pdf"))
            for _ in 1...4 { bench.provider.fail(pdf, with: failure) }
            bench.provider.make(try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.first?.isArchived == true }
            #expect(bench.provider.calls().count { $0 == pdf } == 5)
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
            #expect(try await bench.register("B").registration.attempts == 1)
        }
    }

    @Test("whatever the stream's call finds, it goes on", arguments: fileFailures)
    func streamFails(failure: DocumentFailure) async throws {
        try await DocumentBench.following { bench in
            for _ in 1...4 { bench.provider.fail(.stream, with: failure) }
            try await bench.register("A")
            bench.provider.make(try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.count == 1 }
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
        }
    }

    @Test("documents that get no answer are no outage: the next customer's sale goes out at once")
    func noOutage() async throws {
        try await DocumentBench.archiving { bench in
            try await bench.register("A")
            for _ in 1...50 { bench.provider.fail(.stream, with: Self.unanswered) }
            try await bench.until { bench.provider.calls().count >= 8 }
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
            #expect(try await bench.register("B").registration.attempts == 1)
        }
    }

    @Test("a key that is refused holds the account for documents too, and a probe ends that")
    func heldByProbe() async throws {
        try await DocumentBench.following { bench in
            let refused = ServiceFailure(code: "Scripted::Key", message: "x", disposition: .holdAccount)
            bench.provider.fail(.stream, with: DocumentFailure(.failed, refused))
            bench.provider.failProbe(with: refused)
            try await bench.register("A")
            try await bench.until {
                try await bench.outbox.account(of: bench.provider.name).condition == .held
            }
            bench.provider.failProbe(with: nil)
            bench.provider.make(try Sample.document("A-D1", of: "A"))
            try await bench.sale("A") { $0.documents.count == 1 }
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
        }
    }

    @Test("an archive that takes nothing stops neither sales nor the stream, and gets all once it does")
    func archiveFull() async throws {
        try await DocumentBench.archiving { bench in
            bench.archive.fail(with: ArchiveError(.full, "no room"))
            try await bench.register("A")
            bench.provider.make(try (1...4).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
            try await bench.sale("A") { $0.documents.count == 4 }
            #expect(try await bench.register("B").registration.attempts == 1)
            // What cannot be kept is not even fetched.
            #expect(!bench.provider.calls().contains { $0 != .stream })
            #expect(try await bench.outbox.figures(isArchiving: true).documents.unarchived == 4)
            bench.archive.fail(with: nil)
            try await bench.sale("A") { $0.documents.allSatisfy(\.isArchived) }
            #expect(bench.archive.keeps == 8)
        }
    }

    @Test("behind hundreds of files that the archive does not take, the stream goes on")
    func streamBesidesFiles() async throws {
        try await DocumentBench.archiving { bench in
            bench.archive.fail(with: ArchiveError(.unwritable, "read-only"))
            try await bench.register("A")
            bench.provider.make(try (1...200).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
            try await bench.sale("A") { $0.documents.count == 200 }
            try await bench.until {
                try await bench.outbox.owesFiles(bench.provider.name, moreThan: 30, at: .distantFuture)
            }
            for number in 201...205 {
                bench.provider.make(try Sample.document("A-D\(number)", of: "A", sequence: number))
                try await bench.sale("A") { $0.documents.count == number }
            }
        }
    }

    @Test("a service that takes sales is not away because it refuses calls about documents")
    func tooMany() async throws {
        try await DocumentBench.archiving { bench in
            let tooMany = DocumentFailure(
                .failed, ServiceFailure(code: "HTTP::429", message: "x", disposition: .noAnswer(isServiceWide: true)))
            try await bench.register("A")
            for _ in 1...20 { bench.provider.fail(.stream, with: tooMany) }
            try await bench.until { bench.provider.calls().count >= 15 }
            #expect(try await bench.outbox.account(of: bench.provider.name).condition == .up)
            // What a probe meets as well is an outage.
            bench.provider.failProbe(with: tooMany.failure)
            try await bench.until { try await bench.outbox.account(of: bench.provider.name).condition == .down }
            bench.provider.failProbe(with: nil)
            #expect(try await bench.register("B").registration.state == .ready)
        }
    }

    @Test("a document that the stream told of before it was made is archived by the time at which it was")
    func datedLater() async throws {
        try await DocumentBench.archiving { bench in
            try await bench.register("A")
            let whole = try Sample.document("A-D1", of: "A")
            let early = ProvidedDocument(id: whole.id, transactionID: "A", sequence: 1, isReady: false)
            bench.provider.make(early)
            let pdf = ScriptedDocuments.Call.file(try Sample.file("A-D1.pdf"))
            let notYet = DocumentFailure(.notYet, ServiceFailure(code: "NotReady", message: "x", disposition: .retry))
            for _ in 1...3 { bench.provider.fail(pdf, with: notYet) }
            bench.archive.fail(with: ArchiveError(.full, "no room"))
            try await bench.sale("A") { $0.documents.count == 1 }
            bench.provider.finish(whole)
            bench.archive.fail(with: nil)
            let sale = try await bench.sale("A") { $0.documents.first?.isArchived == true }
            #expect(sale.documents.first?.readiedAt == whole.readiedAt)
        }
    }

    @Test("a customer's sale waits for no document's call, even with theirs on their way")
    func besides() async throws {
        try await DocumentBench.archiving { bench in
            bench.archive.fail(with: ArchiveError(.full, "no room"))
            try await bench.register("A")
            bench.provider.make(try (1...3).map { try Sample.document("A-D\($0)", of: "A", sequence: $0) })
            try await bench.sale("A") { $0.documents.count == 3 }
            bench.provider.close()
            bench.archive.fail(with: nil)
            try await bench.until { bench.provider.blockedCalls >= 2 }
            for id in ["B", "C", "D", "E", "F", "G"] { try await bench.accept(id) }
            for id in ["B", "C", "D", "E", "F", "G"] {
                #expect(try await bench.sale(id) { $0.registration.state == .ready }.registration.attempts == 1)
            }
        }
    }

    @Test("what is no longer configured is not asked for, and goes on where it stood once it is again")
    func switchedOff() async throws {
        let (provider, archive) = (ScriptedDocuments(), MemoryArchive())
        try await DocumentBench.inFolder { path in
            try await DocumentBench.run(provider, archive, DocumentTasks(archive: archive), path) { bench in
                archive.fail(with: ArchiveError(.unwritable, "gone"))
                try await bench.register("A")
                bench.provider.make(try Sample.document("A-D1", of: "A"))
                try await bench.sale("A") { $0.documents.count == 1 }
            }
            archive.fail(with: nil)
            provider.make(try Sample.document("A-D2", of: "A", sequence: 2))
            let before = provider.calls().count
            for tasks in [nil, DocumentTasks(follows: false)] {
                try await DocumentBench.run(provider, archive, tasks, path) { bench in
                    try await bench.register(tasks == nil ? "B" : "C")
                    #expect(try await bench.outbox.streamState(of: provider.name) == .paused)
                    #expect(try await bench.sale("A") { _ in true }.documents.count == 1)
                }
            }
            #expect(provider.calls().count == before)
            try await DocumentBench.run(provider, archive, DocumentTasks(archive: archive), path) { bench in
                try await bench.sale("A") { $0.documents.count == 2 && $0.documents.allSatisfy(\.isArchived) }
                #expect(archive.keeps == 4)
            }
        }
    }
}
