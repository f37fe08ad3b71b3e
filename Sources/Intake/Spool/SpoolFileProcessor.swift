import FaultPoints
import Gateway
import GatewayAPI
import Host
import JSON

/// Takes one file: reads it, hands in its sale, and moves it.
struct SpoolFileProcessor: Sendable {
    let directory: SpoolDirectory
    let sales: SaleOperations
    /// Bytes.
    let maximumBody: Int
    let log: SpoolLog
    let reportRejection: SpoolIntake.RejectionReport

    func take(_ turn: SpoolFileTracker.Turn) async -> SpoolFileTracker.Outcome {
        if let verdict = turn.verdict { return await move(turn.name, turn.state, verdict) }
        let contents: DurableFile.Contents
        do {
            contents = try await directory.read(turn.name, maximum: maximumBody)
        } catch {
            switch error.code {
            case .notFound, .notARegularFile: return .gone
            case .changed: return .changed
            case .tooLarge: return await reject(turn.name, turn.state, because: tooLarge)
            default: return .stuck("cannot be read (\(error.reason))", turn.state, nil)
            }
        }
        if !turn.isLast, (try? JSONParser.parse(contents.bytes)) == nil { return .half(contents.state) }
        do {
            _ = try await sales.accept(contents.bytes, from: .spool)
        } catch {
            switch error {
            case .unavailable(let reason, _, _), .busy(let reason), .diskFull(let reason): return .mustWait(reason)
            default: return await reject(turn.name, contents.state, because: ProblemError(error).problem)
            }
        }
        FaultPoint.spoolKept.pass()
        return await move(turn.name, contents.state, .accepted)
    }

    private var tooLarge: Problem {
        Problem(
            .tooLarge, status: 413, title: "The file is too large",
            detail: "expected at most \(maximumBody) bytes (intake.max_body)")
    }

    /// Reported before the file is moved: a gateway that is killed in between reports it twice, rather than not at all.
    private func reject(
        _ name: FileName, _ state: FileState, because problem: Problem
    ) async -> SpoolFileTracker.Outcome {
        log.rejected(name, problem)
        await reportRejection(problem.title)
        return await move(name, state, .rejected(problem))
    }

    private func move(
        _ name: FileName, _ state: FileState, _ verdict: SpoolFileTracker.Verdict
    ) async -> SpoolFileTracker.Outcome {
        do throws(HostError) {
            switch verdict {
            case .accepted:
                try await directory.accept(name, state)
                FaultPoint.spoolMoved.pass()
            case .rejected(let problem): try await directory.reject(name, state, because: problem)
            }
            return .gone
        } catch {
            if error.code == .changed { return .changed }
            // Somebody took it away; its sale is kept, or was refused.
            if error.code == .notFound, (try? await directory.entry(name)) == nil { return .gone }
            return .stuck("cannot be moved to \(verdict.folder) (\(error.reason))", state, verdict)
        }
    }
}

extension SpoolFileTracker.Verdict {
    fileprivate var folder: String {
        switch self {
        case .accepted: "accepted/"
        case .rejected: "rejected/"
        }
    }
}
