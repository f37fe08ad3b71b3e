import ArgumentParser
import Foundation
import Host
import JSON
import Outbox
import OutboxRecovery
import Sales

struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read what is left of a damaged database into a new one.",
        discussion: "Needs no gateway. Only reads FILE and its log; writes FILE.recovered.")

    @Argument(help: "The damaged database; its log, FILE-wal, is read too if it exists.") var file: String
    @Option(help: "Path of the new database; nothing is overwritten.") var output: String?
    @Option(
        help: ArgumentHelp(
            "The provider of sales that come back without their registration, where those beside them do not tell it.",
            valueName: "provider"))
    var provider: Provider?
    @Flag(help: "Print the result as JSON.") var json = false

    enum Provider: String, CaseIterable, ExpressibleByArgument {
        case slime, billgate

        var service: ServiceName {
            switch self {
            case .slime: .slime
            case .billgate: .billgate
            }
        }
    }

    func run() async throws {
        let target = output ?? file + ".recovered"
        guard ["", "-wal"].contains(where: { FileManager.default.isReadableFile(atPath: file + $0) }) else {
            throw CommandExit(.noInput, "\(file) cannot be read; does it exist, and may this user read it?")
        }
        // Held to the end: no gateway begins to write to the file while it is read.
        let lock = try lockIfGuarded()
        let draft = try draft(for: target)
        defer { Self.remove(draft) }
        let report = try await recover(into: draft)
        guard report.sales > 0 else {
            throw CommandExit(.badData, "no sale could be read from \(file); nothing was written")
        }
        do { _ = try await DurableFile.move(draft, to: target, collision: .refuse) } catch {
            throw CommandExit(.cannotCreate, error.message)
        }
        let text = RecoveryText(report: report, file: file, target: target)
        Terminal.print(json ? text.json.text : text.text())
        lock?.release()
    }

    /// A gateway that has the database open holds its lock file. Without the file, no gateway was here.
    private func lockIfGuarded() throws -> LockFile? {
        let path = file + ".lock"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do { return try LockFile(path: path) } catch {
            guard error.code == .alreadyHeld else { throw CommandExit(.systemFault, error.message) }
            throw CommandExit(
                .systemFault, "a gateway has \(file) open; stop it first (systemctl stop kamkap). \(error.message)")
        }
    }

    private func draft(for target: String) throws -> String {
        guard !["", "-wal"].contains(where: { FileManager.default.fileExists(atPath: target + $0) }) else {
            throw CommandExit(.cannotCreate, "\(target) is there already; move it away, or name another by --output")
        }
        let draft = target + ".part"
        // Left over from an interrupted recovery.
        Self.remove(draft)
        return draft
    }

    /// The reading blocks, so it has a thread of its own.
    private func recover(into draft: String) async throws -> RecoveryReport {
        let (file, terms) = (file, RecoveryTerms.known(choosing: provider?.service))
        let result: Result<RecoveryReport, OutboxError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var progress = Progress()
                do throws(OutboxError) {
                    let report = try Recovery.run(from: file, to: draft, under: terms) { now in
                        progress.update(
                            "\(now.page * 100 / max(1, now.pages)) % of the file read, \(now.sales) sales found")
                    }
                    continuation.resume(returning: .success(report))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        switch result {
        case .success(let report): return report
        case .failure(let error):
            switch error.code {
            case .cannotOpen: throw CommandExit(.badData, error.message)
            case .newerSchema, .olderSchema: throw CommandExit(.badData, error.message)
            default: throw CommandExit(.inputOutput, "\(draft) cannot be written: \(error.message)")
            }
        }
    }

    private static func remove(_ draft: String) {
        for ending in ["", "-wal"] { try? FileManager.default.removeItem(atPath: draft + ending) }
    }
}
