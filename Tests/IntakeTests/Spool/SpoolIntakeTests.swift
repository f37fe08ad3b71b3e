import Foundation
import Gateway
import Monitoring
import Sales
import Testing

@testable import Host
@testable import Intake

@Suite(.timeLimit(.minutes(3))) struct SpoolIntakeTests {
    /// Runs a shell's script to its end without holding a thread of the test's.
    private func shell(_ script: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script] + arguments
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        #expect(process.terminationStatus == 0)
    }

    @Test("thousands of plain copies straight into incoming/ are taken, every one, by whole content and once")
    func copies() async throws {
        try await SpoolStage.open { stage in
            let (shells, each) = (4, 700)
            // Larger than one write of cp's, so that there is a half to be seen.
            let padding = String(repeating: " ", count: 300_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for shell in 0..<shells {
                    let staged = stage.root.appendingPathComponent("staged-\(shell)")
                    try FileManager.default.createDirectory(at: staged, withIntermediateDirectories: true)
                    for number in 0..<each {
                        let sale = SpoolStage.sale("\(shell)-\(number)")
                        let text = number % 20 == 0 ? padding + sale : sale
                        try Data(text.utf8).write(to: staged.appendingPathComponent("\(shell)-\(number).json"))
                    }
                    group.addTask {
                        try await self.shell(
                            #"for file in "$0"/*; do cp "$file" "$1"; done"#, [staged.path, stage.path("incoming")])
                    }
                }
                try await group.waitForAll()
            }
            try await stage.until("all are taken", within: .seconds(120)) {
                try stage.names("accepted").count == shells * each
            }
            #expect(try stage.names("rejected") == [])
            #expect(try stage.names("incoming") == [])
            #expect(stage.refusals.all == [])
        }
    }

    @Test("a file whose writer takes his time is taken when he is done, and no half of it before")
    func slowWriters() async throws {
        try await SpoolStage.open { stage in
            let count = 50
            let files = (0..<count).map {
                open(stage.path("incoming/\($0).json"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
            }
            // Each stands there empty, then in halves, while others come and go: each of those is a reason to look.
            for round in 0..<4 {
                for (number, file) in files.enumerated() {
                    let bytes = Array(SpoolStage.sale("SLOW-\(number)").utf8)
                    let quarter = bytes.count / 4
                    let piece = bytes[round * quarter..<(round == 3 ? bytes.count : (round + 1) * quarter)]
                    #expect(piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == piece.count)
                }
                try stage.rename(SpoolStage.sale("QUICK-\(round)"), to: "quick-\(round).json")
                try await stage.until("a look") { try await stage.isKept("QUICK-\(round)") }
            }
            for file in files { close(file) }
            try await stage.until("all are taken") { try stage.names("accepted").count == count + 4 }
            #expect(try stage.names("rejected") == [])
        }
    }

    @Test("a file that is closed in its middle and opened again is taken once it is whole") func closedTwice()
        async throws
    {
        try await SpoolStage.open { stage in
            let bytes = Array(SpoolStage.sale("TWICE").utf8)
            let path = stage.path("incoming/twice.json")
            for piece in [bytes[..<100], bytes[100...]] {
                let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
                #expect(piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == piece.count)
                close(file)
                let mark = "MARK-\(piece.startIndex)"
                try stage.rename(SpoolStage.sale(mark), to: "\(mark).json")
                try await stage.until("a look") { try await stage.isKept(mark) }
            }
            try await stage.until("it is taken") { try stage.names("accepted").contains("twice.json") }
            #expect(try stage.names("rejected") == [])
            #expect(stage.refusals.all == [])
        }
    }

    @Test("a file that was renamed is judged at once: broken, it is refused with its reason, and told of")
    func renamedBroken() async throws {
        try await SpoolStage.open { stage in
            try stage.rename("{ \"transaction_id\": ", to: "broken.json")
            try await stage.until("it is refused", within: .seconds(5)) { try stage.names("rejected").count == 2 }
            #expect(try stage.names("rejected") == ["broken.json", "broken.problem.json"])
            #expect(stage.refusals.all == ["The body is not JSON"])
        }
    }

    @Test("what lay there before the start, and a hard link, are taken when they have not grown for two seconds")
    func unseen() async throws {
        let incoming = { (root: URL) in root.appendingPathComponent("incoming") }
        try await SpoolStage.open { root in
            try FileManager.default.createDirectory(at: incoming(root), withIntermediateDirectories: true)
            try Data(SpoolStage.sale("EARLY").utf8).write(to: incoming(root).appendingPathComponent("early.json"))
        } _: { stage in
            let begun = ContinuousClock.now
            try await stage.until("it is taken") { try await stage.isKept("EARLY") }
            #expect(ContinuousClock.now - begun < .seconds(20))
            try Data(SpoolStage.sale("LINKED").utf8).write(to: stage.root.appendingPathComponent("elsewhere"))
            #expect(link(stage.path("elsewhere"), stage.path("incoming/linked.json")) == 0)
            try await stage.until("the link is taken", within: .seconds(10)) { try await stage.isKept("LINKED") }
        }
    }

    @Test("names are bytes, and .json is an ending in capitals as well", arguments: [false, true])
    func names(isBefore: Bool) async throws {
        // ใบเสร็จ.json as a till in TIS-620 writes it; no UTF-8.
        let thai: [UInt8] = [0xE3, 0xBA, 0xE0, 0xCA, 0xC3, 0xE7, 0xA8] + Array(".json".utf8)
        let names = [thai, Array("CAPITALS.JSON".utf8), Array("ใบ เสร็จ\n1.Json".utf8)]
        let put = { (root: URL) in
            for (number, name) in names.enumerated() {
                let path = (Array(root.path.utf8) + Array("/incoming/".utf8) + name + [0]).map(CChar.init(bitPattern:))
                let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o640)
                let bytes = Array((number == 1 ? "{}" : SpoolStage.sale("N-\(number)")).utf8)
                guard bytes.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == bytes.count else {
                    throw FixtureError("a file with the name \(name) was not written")
                }
                close(file)
            }
        }
        try await SpoolStage.open { root in
            let incoming = root.appendingPathComponent("incoming")
            try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
            if isBefore { try put(root) }
        } _: { stage in
            if !isBefore { try put(stage.root) }
            try await stage.until("all are settled") {
                let accepted = try await Folder.list(stage.path("accepted")).count
                let rejected = try await Folder.list(stage.path("rejected")).count
                return accepted == 2 && rejected == 2
            }
            #expect(
                Set(try await Folder.list(stage.path("accepted")).map(\.name.bytes)) == [names[0], names[2]])
            #expect(
                try await Folder.list(stage.path("rejected")).map(\.name.description)
                    == ["CAPITALS.JSON", "CAPITALS.problem.json"])
        }
    }

    @Test("what is no matter of the spool's is left alone, with one warning each, and counted") func ignored()
        async throws
    {
        try await SpoolStage.open { stage in
            let incoming = stage.root.appendingPathComponent("incoming")
            try FileManager.default.createDirectory(
                at: incoming.appendingPathComponent("folder.json"), withIntermediateDirectories: false)
            #expect(symlink("/etc/passwd", stage.path("incoming/link.json")) == 0)
            for name in ["notes.txt", ".hidden.json", ".tmp-draft"] {
                try Data("{}".utf8).write(to: incoming.appendingPathComponent(name))
            }
            for number in 0..<3 {
                try stage.rename(SpoolStage.sale("S-\(number)"), to: "\(number).json")
                try await stage.until("it is taken") { try await stage.isKept("S-\(number)") }
            }
            try await stage.until("they are counted") { stage.intake.figures.ignored == 4 }
            let lines = stage.log.all.filter { $0.hasPrefix("spool file ignored") }
            #expect(lines.count == 4, "\(lines)")
            #expect(
                try stage.names("incoming") == [".hidden.json", ".tmp-draft", "folder.json", "link.json", "notes.txt"])
            #expect(stage.intake.figures.alarm(at: Date()) == nil)
        }
    }

    @Test("a file that cannot be moved is an alarm with its reason, one line in the log, and is moved when it can be")
    func stuck() async throws {
        try await SpoolStage.open { stage in
            // A folder that was put in the way by mistake.
            try stage.block(stage.path("accepted"))
            for number in 0..<3 { try stage.rename(SpoolStage.sale("S-\(number)"), to: "\(number).json") }
            try await stage.until("it is told") { stage.intake.figures.stuck == 3 }
            let alarm = try #require(stage.intake.figures.alarm(at: Date()))
            #expect(alarm.code == .spoolStuck)
            #expect(alarm.count == 3)
            #expect(
                alarm.text.contains("3 files in \(stage.path("incoming")) are not taken: 0.json and 2 more cannot be"))
            // Their sales are kept, each once, whatever becomes of the files.
            for number in 0..<3 { #expect(try await stage.isKept("S-\(number)")) }
            for number in 3..<6 {
                try stage.rename(SpoolStage.sale("S-\(number)"), to: "\(number).json")
                try await stage.until("it is told") { stage.intake.figures.stuck == number + 1 }
            }
            #expect(stage.log.all.filter { $0.hasPrefix("spool files stuck") }.count <= 6, "\(stage.log.all)")
            try await stage.until("the way is free") { unlink(stage.path("accepted")) == 0 || errno == EISDIR }
            try await stage.until("they are moved") { try stage.names("incoming") == [] }
            try await stage.until("nothing is told any more") { stage.intake.figures.alarm(at: Date()) == nil }
            #expect(try stage.names("accepted").count == 6)
            #expect(stage.refusals.all == [])
        }
    }

    @Test("a folder that cannot be used is an alarm as well, told once, and over when it can be") func folder()
        async throws
    {
        try await SpoolStage.open { stage in
            try stage.block(stage.root.path)
            try await stage.until("it is told") { stage.intake.figures.alarm(at: Date()) != nil }
            let alarm = try #require(stage.intake.figures.alarm(at: Date()))
            #expect(alarm.count == nil)
            #expect(alarm.text.hasPrefix("The spool cannot be used: Cannot "))
            // The intake makes the folder anew as soon as nothing stands in its way.
            try await stage.until("the way is free") { unlink(stage.root.path) == 0 || errno == EISDIR }
            try await stage.until("it is made anew") { FileManager.default.fileExists(atPath: stage.path("incoming")) }
            try stage.rename(SpoolStage.sale("AFTER"), to: "after.json")
            try await stage.until("it is taken") { try await stage.isKept("AFTER") }
            try await stage.until("nothing is told") { stage.intake.figures.alarm(at: Date()) == nil }
            #expect(stage.log.all.filter { $0.hasPrefix("spool cannot be read") }.count <= 2, "\(stage.log.all)")
        }
    }
}
