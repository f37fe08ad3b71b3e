import FaultPoints
import Gateway
import GatewayAPI
import Host

/// Takes one file: reads it, hands in what it holds, and moves it.
struct SpoolFileProcessor: Sendable {
    let directory: SpoolDirectory
    let content: any SpoolContent
    let log: SpoolLog
    let reportRejection: SpoolIntake.RejectionReport

    func take(_ turn: SpoolFileTracker.Turn) async -> SpoolFileTracker.Outcome {
        if let verdict = turn.verdict { return await move(turn.name, turn.state, verdict) }
        if let answer = await content.outlook(of: turn.name) { return await settle(turn, turn.state, answer) }
        let contents: DurableFile.Contents
        do {
            contents = try await directory.read(turn.name, maximum: content.maximum)
        } catch {
            switch error.code {
            case .notFound, .notARegularFile: return .gone
            case .changed: return .changed
            case .tooLarge: return await reject(turn.name, turn.state, because: tooLarge)
            default: return .stuck("cannot be read (\(error.reason))", turn.state, nil)
            }
        }
        if !turn.isLast, !content.isWhole(contents.bytes, named: turn.name) { return .half(contents.state) }
        return await settle(turn, contents.state, await content.take(contents.bytes, named: turn.name))
    }

    private func settle(
        _ turn: SpoolFileTracker.Turn, _ state: FileState, _ answer: SpoolAnswer
    ) async -> SpoolFileTracker.Outcome {
        switch answer {
        case .taken:
            FaultPoint.spoolKept.pass()
            return await move(turn.name, state, .accepted())
        case .takenAs(let name):
            FaultPoint.spoolKept.pass()
            return await move(turn.name, state, .accepted(as: name))
        case .known(let note): return await move(turn.name, state, .known(note))
        case .early(let problem):
            return turn.hasWaited ? await reject(turn.name, state, because: problem) : .early(state)
        case .mustWait(let reason): return .mustWait(reason)
        case .refused(let problem): return await reject(turn.name, state, because: problem)
        }
    }

    private var tooLarge: Problem {
        Problem(
            .tooLarge, status: 413, title: "The file is too large",
            detail: "expected at most \(content.maximum) bytes (\(content.maximumKey))")
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
            case .accepted(nil):
                try await directory.accept(name, state)
                FaultPoint.spoolMoved.pass()
            case .accepted(let other?):
                try await directory.accept(name, state, as: other)
                FaultPoint.spoolMoved.pass()
            case .known(let note): try await directory.acceptKnown(name, state, note)
            case .rejected(let problem): try await directory.reject(name, state, because: problem)
            }
            return .gone
        } catch {
            if error.code == .changed { return .changed }
            // The same content under another name was faster: judged again, this one is known.
            if error.code == .alreadyExists, case .accepted(_?) = verdict { return .changed }
            // Somebody took it away; its content is kept, or was refused.
            if error.code == .notFound, (try? await directory.entry(name)) == nil { return .gone }
            return .stuck("cannot be moved to \(folder(of: verdict))/ (\(error.reason))", state, verdict)
        }
    }

    private func folder(of verdict: SpoolFileTracker.Verdict) -> String {
        let folders = content.folders
        return switch verdict {
        case .accepted: folders.accepted
        case .known: folders.known ?? folders.accepted
        case .rejected: folders.rejected
        }
    }
}
