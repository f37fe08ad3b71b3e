import Foundation

/// The result of a run, for a person.
struct Report {
    private static let violationsShown = 20

    let rows: [(String, Int)]
    let violations: [String]

    init(rows: [(String, Int)], violations: [String]) {
        self.rows = rows
        self.violations = violations
    }

    /// Of a run with sales; `rows` are those of its own kind.
    init(_ run: (verdict: Verdict, rows: [(String, Int)])) {
        self.init(rows: run.rows + run.verdict.rows, violations: run.verdict.violations)
    }

    /// Prints it; false if there was a violation. The folder stays then.
    func tell(of stage: Stage, seed: UInt64, took: Duration) -> Bool {
        let width = rows.map(\.0.count).max() ?? 0
        for (name, number) in rows {
            let digits = String(number)
            say("  \(name)\(String(repeating: " ", count: width - name.count + 8 - min(digits.count, 8)))\(digits)")
        }
        let seconds = Int(took / .seconds(1))
        guard !violations.isEmpty else {
            stage.remove()
            say("Nothing lost, nothing twice: \(seconds) s")
            return true
        }
        say("VIOLATED \(violations.count) times, --seed \(seed), \(seconds) s:")
        for violation in violations.prefix(Self.violationsShown) { say("  \(violation)") }
        say("The gateway's log, its database and all papers: \(stage.folder.path)")
        return false
    }
}

/// A line for the user, at once: `print` buffers what goes into a pipe.
func say(_ words: String) { FileHandle.standardOutput.write(Data((words + "\n").utf8)) }
