import JSON
import RemoteServices

/// The model that reads. It is chosen at the first need, and kept.
actor ModelBook {
    /// Prices change seldom.
    static let lifetime: Duration = .seconds(3_600)

    private let wanted: String?
    private let list: @Sendable () async throws(ScanlyIQError) -> [ScanlyIQModel]
    private var kept: (model: ScanlyIQModel, since: ContinuousClock.Instant)?

    /// - Parameters:
    ///   - wanted: an id or a name; nil for the cheapest that sees.
    ///   - list: asks the service.
    init(
        wanted: String?, list: @escaping @Sendable () async throws(ScanlyIQError) -> [ScanlyIQModel]
    ) {
        self.wanted = wanted
        self.list = list
    }

    /// The model for a job, however old what is known of it.
    func model() async throws(ServiceFailure) -> ScanlyIQModel {
        if let kept { return kept.model }
        return try await ask(at: .question)
    }

    /// The model with its price of the last hour.
    func recentModel() async throws(ServiceFailure) -> ScanlyIQModel {
        if let kept, ContinuousClock.now - kept.since < Self.lifetime { return kept.model }
        return try await ask(at: .probe)
    }

    /// Whether the list still has a model for which a job was refused. The next job takes what is there now.
    func has(_ model: ScanlyIQModel) async throws(ServiceFailure) -> Bool {
        kept = nil
        return try await ask(at: .question).id.hasSameBytes(as: model.id)
    }

    private func ask(at step: ScanlyIQStep) async throws(ServiceFailure) -> ScanlyIQModel {
        let models: [ScanlyIQModel]
        do { models = try await list() } catch { throw error.failure(at: step) }
        guard let model = ScanlyIQModel.chosen(wanted, of: models) else {
            kept = nil
            throw ServiceFailure(
                code: "ScanlyIQ::NoModel",
                message: """
                    ScanlyIQ has no model \(wanted.map { "\"\($0)\", which slips.model names" } ?? "that sees"); it has \
                    \(models.isEmpty ? "none" : models.map { "\"\($0.name)\"" }.joined(separator: ", "))
                    """,
                disposition: .holdAccount)
        }
        kept = (model, .now)
        return model
    }
}
