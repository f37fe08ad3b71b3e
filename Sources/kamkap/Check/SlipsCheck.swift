import RemoteServices
import ScanlyIQ
import Settings

/// Asks the reader of payment slips about the account, and what a slip takes there. It reads none.
struct SlipsCheck {
    /// Nil if no slips are taken.
    static func findings(_ settings: Settings) async -> [Finding] {
        guard let slips = settings.slips else { return [] }
        let file = Finding.trying("key", slips.keyFile) { _ = try SecretFile.key(slips.keyFile, key: "slips.key_file") }
        return [file, await account(settings)]
    }

    private static func account(_ settings: Settings) async -> Finding {
        let prepared: PreparedSlips
        do {
            guard let found = try PreparedSlips(settings) else { return .well(subject, "takes no slips") }
            prepared = found
        } catch {
            return Finding(subject: subject, isWell: false, detail: (error as? CommandExit)?.message ?? "\(error)")
        }
        let service = prepared.service()
        let finding: Finding
        do throws(ServiceFailure) {
            if let failure = await service.probe() { throw failure }
            let estimate = try await service.estimate()
            finding = .well(
                subject,
                "recognises this account; \(estimate.model) takes \(estimate.credits) credits for a slip, and \(estimate.balance) are left"
            )
        } catch {
            finding = .fault(
                subject, error.message, remedy: "\(service.advice(for: error.code)). Sales and papers go on")
        }
        try? await service.shutdown()
        return finding
    }

    private static let subject = "ScanlyIQ"
}
