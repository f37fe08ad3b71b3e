import FaultPoints

extension Stage {
    /// One life of the gateway: until it dies at the point, or at the latest after this long.
    ///
    /// - Returns: what was wrong with its end; nil if it was killed.
    func life(of limit: Duration, killedAt point: FaultPoint?, passing: Int) async throws -> String? {
        let gateway = try GatewayProcess(
            configuration: configuration, log: log,
            environment: point.map { ["KAMKAP_KILL_AT": "\($0.rawValue):\(passing)"] } ?? [:])
        _ = await gateway.end(within: limit)
        let end = await gateway.kill()
        return end == .killed ? nil : "the gateway ended by itself: \(end.map { "\($0)" } ?? "not at all")"
    }
}
