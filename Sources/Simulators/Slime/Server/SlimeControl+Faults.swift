import HTTPTypes

extension SlimeControl {
    func faults(_ request: Request) async throws(Refusal) -> Reply {
        switch request.method {
        case .get: break
        case .delete: await simulator.clearFaults()
        case .put:
            let faults = try Self.faults(in: try request.read())
            await simulator.clearFaults()
            for fault in faults { await simulator.inject(fault) }
        default: throw request.refuseMethod()
        }
        return request.reply(.array(await simulator.activeFaults.map(\.json)))
    }

    private static func faults(in value: JSONValue) throws(Refusal) -> [SlimeSimulator.Fault] {
        guard case .array(let list) = value else {
            throw Refusal(code: "", message: "Expected a JSON array of faults.")
        }
        var faults: [SlimeSimulator.Fault] = []
        for (index, value) in list.enumerated() {
            do throws(Refusal) {
                faults.append(try SlimeSimulator.Fault(json: value))
            } catch {
                throw Refusal(code: "", message: "Fault \(index): \(error.message ?? error.code).")
            }
        }
        return faults
    }
}
