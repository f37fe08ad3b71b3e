import FaultPoints
import Foundation

/// Kills the gateway and starts it again at once.
struct Killer {
    /// Points that are passed often enough to be met by chance.
    private static let common = FaultPoint.allCases.filter {
        ![
            .spoolKept, .spoolMoved, .spoolExplained, .printMoved, .checkpointDue, .checkpointDone, .streamAnswered,
            .streamWritten, .invoicePublished, .invoiceCreated, .invoiceProcessed, .readingKept,
        ].contains($0)
    }

    let stage: Stage
    let api: GatewayAPI
    var dice: Dice
    let hasPoints: Bool
    /// The preloaded library if each kill is a power cut; nil if it is only a kill.
    let preload: URL?
    private(set) var count = 0
    /// Writes that a power cut took back.
    private(set) var writesLost = 0
    private(set) var atPoints = 0
    private(set) var violations: [String] = []
    private var gateway: GatewayProcess?

    init(stage: Stage, api: GatewayAPI, dice: Dice, hasPoints: Bool, library: URL? = nil) {
        self.stage = stage
        self.api = api
        self.dice = dice
        self.hasPoints = hasPoints
        preload = library
    }

    /// Spreads the kills over the sales; leaves a running gateway.
    mutating func run(kills: Int, sales: Int, progress: () async -> Int) async throws {
        while count < kills {
            let point = hasPoints && dice.chance(40) ? dice.pick(Self.common) : nil
            let passing = dice.number(1...20)
            let gateway = try start(point.map { ["KAMKAP_KILL_AT": "\($0.rawValue):\(passing)"] } ?? [:])
            // One in eight dies while it starts.
            if dice.chance(12) {
                try? await Task.sleep(for: dice.milliseconds(0...150))
            } else {
                let done = await progress()
                let share = dice.number(0...max(2, 2 * sales / max(kills, 1)))
                let deadline = ContinuousClock.now + .milliseconds(2_500)
                while !gateway.hasEnded, ContinuousClock.now < deadline {
                    let now = await progress()
                    if now - done >= share || now >= sales { break }
                    try await Task.sleep(for: .milliseconds(3))
                }
                try await Task.sleep(for: dice.milliseconds(0...120))
            }
            if gateway.hasEnded { atPoints += 1 }
            let end = await gateway.kill()
            if end != .killed {
                violations.append("the gateway ended by itself: \(end.map { "\($0)" } ?? "not at all")")
            }
            count += 1
            if preload != nil { writesLost += try PowerCut(journal: journal).strike(&dice) }
        }
        gateway = try GatewayProcess(configuration: stage.configuration, log: stage.log)
        try await api.untilUp()
    }

    private var journal: URL { stage.folder.appendingPathComponent("undo.log") }

    private func start(_ environment: [String: String]) throws -> GatewayProcess {
        var environment = environment
        if let preload {
            // It exists from the start, for a gateway that is killed before its first write.
            try Data().write(to: journal)
            environment["LD_PRELOAD"] = preload.path
            environment["FAULTY_FOLDER"] = stage.folder.path + "/"
            environment["FAULTY_UNDO"] = journal.path
        }
        return try GatewayProcess(configuration: stage.configuration, log: stage.log, environment: environment)
    }

    func stop() async -> GatewayProcess.End? { await gateway?.stop() }
}
