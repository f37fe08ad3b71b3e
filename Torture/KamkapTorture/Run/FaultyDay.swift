import Foundation
import NIOHTTP1

/// One run of the gateway with a call that fails, and the clean start after it.
struct FaultyDay {
    static let sales = 4
    private static let waitLimit: Duration = .seconds(10)
    /// The codes of sysexits.h for a program that cannot do its work.
    private static let honest: Set<Int32> = [70, 71, 73, 74, 75]

    let stage: Stage
    let api: GatewayAPI
    let library: URL
    let fault: SystemCallFault

    /// - Parameter isStopped: whether it is stopped by SIGTERM in the end, or killed.
    func live(_ crowd: Crowd, isStopped: Bool, _ tally: inout FaultTally) async throws {
        let logged = try Data(contentsOf: stage.log).count
        let gateway = try GatewayProcess(
            configuration: stage.configuration, log: stage.log,
            environment: fault.environment(library: library, folder: stage.folder))
        var open: [NumberedSale] = []
        if await isUp(gateway) {
            for _ in 0..<Self.sales {
                let sale = crowd.next(till: 0)
                if await post(sale, gateway, &tally) { crowd.addAcknowledged(sale) } else { open.append(sale) }
            }
            if let sale = try? Self.putIntoSpool(crowd.next(till: 0), stage) { crowd.addAcknowledged(sale) }
            // The job worker's and the print worker's writes also get their turn.
            _ = await gateway.end(within: .milliseconds(400))
            if gateway.hasEnded { tally.endedByItself += 1 } else { tally.wentOn += 1 }
        } else if gateway.hasEnded {
            tally.didNotStart += 1
        } else {
            tally.violations.append("\(fault): neither up nor ended after \(Self.waitLimit)")
        }
        let hadEnded = gateway.hasEnded
        let end = isStopped ? await gateway.stop() : await gateway.kill()
        if let violation = try judge(end, hadEnded: hadEnded, isStopped: isStopped, loggedBefore: logged) {
            tally.violations.append("\(fault): \(violation)")
        }
        if end == nil { await gateway.kill() }
        try await startCleanly(crowd, open, &tally)
    }

    private func judge(_ end: GatewayProcess.End?, hadEnded: Bool, isStopped: Bool, loggedBefore: Int) throws
        -> String?
    {
        let said = String(decoding: try Data(contentsOf: stage.log).dropFirst(loggedBefore), as: UTF8.self)
        switch end {
        case nil: return "it does not stop"
        case .exit(0) where !hadEnded: return nil
        case .killed where !hadEnded && !isStopped: return nil
        case .exit(let code) where Self.honest.contains(code):
            return said.contains("\nkamkap: ") ? nil : "exit \(code) without a word"
        case let end?: return "\(end)"
        }
    }

    /// The next start, without faults: every acknowledged sale is there, and the others are taken.
    private func startCleanly(_ crowd: Crowd, _ open: [NumberedSale], _ tally: inout FaultTally) async throws {
        let gateway = try GatewayProcess(configuration: stage.configuration, log: stage.log)
        try await api.untilUp()
        for sale in crowd.acknowledged.suffix(Self.sales + 1) {
            let status = try await api.request(.GET, "/v1/sales/\(sale.id)").status
            // A file in the spool is still on its way.
            if status != 200, !isInSpool(sale) {
                tally.violations.append("\(fault): \(sale.id) acknowledged, then \(status)")
            }
        }
        for sale in open {
            do {
                try await api.post(sale, within: .seconds(20))
                crowd.addAcknowledged(sale)
            } catch {
                tally.violations.append("\(fault): after it, \(error)")
            }
        }
        await gateway.kill()
    }

    private func isUp(_ gateway: GatewayProcess) async -> Bool {
        let deadline = ContinuousClock.now + Self.waitLimit
        while !gateway.hasEnded, ContinuousClock.now < deadline {
            if await api.isUp() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// Whether it was acknowledged. A refusal is as good; silence is not.
    private func post(_ sale: NumberedSale, _ gateway: GatewayProcess, _ tally: inout FaultTally) async -> Bool {
        if gateway.hasEnded { return false }
        do {
            let answer = try await api.request(.POST, "/v1/sales", sale.json, within: Self.waitLimit)
            switch answer.status {
            case 200, 201: return true
            case 503, 507: tally.refused += 1
            case let status: tally.violations.append("\(fault): \(status) to a sale")
            }
        } catch {
            // It may just have ended, or be about to.
            if await gateway.end(within: .seconds(5)) == nil {
                tally.violations.append("\(fault): no answer, and it runs still: \(error)")
            }
        }
        return false
    }

    private func isInSpool(_ sale: NumberedSale) -> Bool {
        FileManager.default.fileExists(
            atPath: stage.spool.appendingPathComponent("incoming/\(sale.number).json").path)
    }

    /// As a till does: whole under another name, then renamed. From then on the gateway has to keep it.
    static func putIntoSpool(_ sale: NumberedSale, _ stage: Stage) throws -> NumberedSale {
        try putIntoSpool(sale.json, name: "\(sale.number)", stage)
        return sale
    }

    static func putIntoSpool(_ text: String, name: String, _ stage: Stage) throws {
        let incoming = stage.spool.appendingPathComponent("incoming")
        let draft = incoming.appendingPathComponent(".tmp-\(name)")
        try Data(text.utf8).write(to: draft)
        try FileManager.default.moveItem(at: draft, to: incoming.appendingPathComponent("\(name).json"))
    }
}
