import RemoteServices
import Sales
import Simulators
import Testing

@testable import ScanlyIQ

/// The key, the credits and the model.
@Suite(.timeLimit(.minutes(1))) struct ScanlyIQAccountTests {
    @Test("without credits the account is held until somebody pays, and the same upload serves then")
    func credits() async throws {
        try await withScanlyIQ { stand async throws in
            await stand.simulator.setCredits(1)
            let owed = stand.job(remoteID: try await stand.upload())
            let refused = try stand.failure(await stand.service.begin(owed))
            #expect((refused.code, refused.disposition, refused.mayHaveActed) == ("ScanlyIQ::402", .holdAccount, false))
            #expect(stand.service.probeReveals(refused.code))
            let probed = try #require(await stand.service.probe())
            #expect((probed.code, probed.disposition) == ("ScanlyIQ::402", .holdAccount))
            #expect(stand.service.credits == CreditFigures(balance: 1, charged: 0))
            await stand.simulator.topUp(1)
            #expect(await stand.service.probe() == nil)
            _ = try stand.begun(await stand.service.begin(owed))
            #expect(await stand.simulator.credits == 0)
            #expect(stand.service.credits == CreditFigures(balance: 2, charged: 2))
        }
    }

    @Test("a wrong key holds the account, at every call")
    func key() async throws {
        try await withScanlyIQ({ $0.key = "b2t_live_wrong" }) { stand async throws in
            for outcome in [
                await stand.service.begin(stand.job()), await stand.service.begin(stand.job(remoteID: "upload_1")),
                await stand.service.follow(stand.job(remoteID: "job_1")),
            ] {
                let failure = try stand.failure(outcome)
                #expect((failure.code, failure.disposition) == ("ScanlyIQ::401", .holdAccount))
                #expect(!"\(failure)".contains("b2t_live"))
            }
            #expect(await stand.service.probe()?.code == "ScanlyIQ::401")
            #expect(stand.service.probeReveals("ScanlyIQ::401") && stand.service.probeReveals("ScanlyIQ::403"))
        }
    }

    @Test("a job of another account is looked into, and an account without a right is held")
    func forbidden() async throws {
        try await withScanlyIQ { stand async throws in
            try await stand.allow { $0.accountStatus = 403 }
            let asked = try stand.failure(await stand.service.follow(stand.job(remoteID: "job_1")))
            #expect((asked.code, asked.disposition) == ("ScanlyIQ::403", .askProbe))
            let refused = try stand.failure(await stand.service.begin(stand.job()))
            #expect((refused.code, refused.disposition) == ("ScanlyIQ::403", .holdAccount))
        }
    }

    @Test(
        "the configured model reads, or the cheapest that sees",
        arguments: [(nil, "clx2flash"), ("clx1pro", "clx1pro"), ("Gemini 2.5 Pro", "clx1pro")] as [(String?, String)])
    func model(wanted: String?, id: String) async throws {
        try await withScanlyIQ({ $0.terms = ScanlyIQTerms(model: wanted, project: "project_1") }) {
            stand async throws in
            _ = try await stand.create()
            _ = try await stand.create()
            #expect(await stand.simulator.madeJobs().map(\.model) == [id, id])
            #expect(await stand.simulator.madeJobs().map(\.project) == ["project_1", "project_1"])
            // It is asked for once.
            #expect(await stand.simulator.calls().count { $0.operation == .models } == 1)
        }
    }

    @Test("a model that is not there holds the account, and says which there are")
    func noModel() async throws {
        try await withScanlyIQ({ $0.terms = ScanlyIQTerms(model: "GPT") }) { stand async throws in
            let owed = stand.job(remoteID: try await stand.upload())
            let failure = try stand.failure(await stand.service.begin(owed))
            #expect((failure.code, failure.disposition) == ("ScanlyIQ::NoModel", .holdAccount))
            #expect(failure.message.contains("\"GPT\"") && failure.message.contains("\"Gemini 2.5 Flash\""))
            #expect(await stand.service.probe()?.code == "ScanlyIQ::NoModel")
            #expect(stand.service.probeReveals("ScanlyIQ::NoModel"))
        }
    }

    @Test("once a job was refused, the model is looked for anew: it may not be there any more")
    func modelGone() async throws {
        try await withScanlyIQ { stand async throws in
            _ = try await stand.create()
            await stand.simulator.inject(.init(.refusal(status: 404, body: "{}"), operation: .createJob, times: 1))
            guard case .lost = await stand.service.begin(stand.job(remoteID: try await stand.upload())) else {
                throw FixtureError()
            }
            _ = try await stand.create()
            #expect(await stand.simulator.calls().count { $0.operation == .models } == 2)
        }
    }

    @Test("an estimate says what a slip takes, and what is left")
    func estimate() async throws {
        try await withScanlyIQ { stand async throws in
            let estimate = try await stand.service.estimate()
            #expect(estimate == SlipEstimate(model: "Gemini 2.5 Flash", credits: 2, balance: 1_000))
            #expect(estimate.isSufficient && stand.service.credits.balance == 1_000)
            await stand.simulator.setCredits(1)
            #expect(try await !stand.service.estimate().isSufficient)
            await stand.simulator.inject(.init(.unavailable(status: 503), times: 1))
            await #expect(throws: ServiceFailure.self) { try await stand.service.estimate() }
        }
    }

    @Test(
        "the page's base and the host alone are the same address",
        arguments: ["https://x.example", "https://x.example/", "https://x.example/api", "https://x.example/api/"])
    func endpoint(url: String) {
        let endpoint = ScanlyIQEndpoint(url: url, key: "k")
        #expect(endpoint.url == "https://x.example" && !endpoint.isOnThisMachine)
    }
}
