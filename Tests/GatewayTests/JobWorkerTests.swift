import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct JobWorkerTests {
    @Test("a sale is registered once and gets its link")
    func ready() async throws {
        try await Shop.open(.jobWorker) { shop in
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            #expect(view.record.registration.attempts == 1)
            #expect(await shop.slime.transaction("A")?.serviceURL == view.record.registration.link)
        }
    }

    @Test("an answer that is lost after Slime acted is found again, and the sale is registered once")
    func lostAnswer() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.loseAnswerAfterActing, times: 1))
            let id = try await shop.sell("A")
            let deferred = try await shop.sale(id) { $0.record.registration.lastError != nil }
            #expect(deferred.record.registration.machine.mayHaveActed)
            shop.time.advance(by: 1)
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            #expect(view.lastError == nil)
            #expect(await shop.slime.transactions().map(\.attempts) == [2])
        }
    }

    @Test("somebody else's transaction is never taken for ours, unless a person says so")
    func stranger() async throws {
        try await Shop.open(.jobWorker) { shop in
            let theirs = try SaleDecoder(defaults: Shop.defaults()).decode(
                Array(
                    """
                    {"transaction_id":"A","document":{"issued_at":"2026-11-19T10:15:00+07:00","line_items":[
                    {"name":"theirs","unit_price":"1","quantity":"1","vatable":true}]}}
                    """.utf8), receivedAt: shop.time.now)
            try await shop.client.initiate(
                .taxInvoiceStub, data: RegistrationData.bytes(for: theirs), issuedAt: shop.time.now)
            let id = try await shop.sell("A")
            let rejected = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(rejected.registrationState == .rejected)
            #expect(rejected.record.registration.link == nil)
            #expect(rejected.lastError?.code == "Trade::Initiated")
            _ = try await shop.sales.retry(id, SaleRetry(.adopting(documentID: nil)))
            let adopted = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(await shop.slime.transaction("A")?.serviceURL == adopted.record.registration.link)
        }
    }

    @Test(
        "a refusal of this sale rejects it alone",
        arguments: ["SchemaViolation", "LineItems::InvalidUnitCode", "JWT::DecodeError", "JWT::InvalidSubject"])
    func rejected(code: String) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: code, message: "why"), transactionID: "BAD"))
            let bad = try await shop.sell("BAD")
            let good = try await shop.sell("GOOD")
            let first = try await shop.sales.sale(bad, reaching: .registered, within: .seconds(60))
            #expect(first.registrationState == .rejected)
            #expect(first.lastError?.code == code)
            let second = try await shop.sales.sale(good, reaching: .registered, within: .seconds(60))
            #expect(second.registrationState == .ready)
            await shop.slime.clearFaults()
            _ = try await shop.sales.retry(bad)
            let again = try await shop.sale(bad) { $0.registrationState == .ready }
            #expect(again.registrationState == .ready)
        }
    }

    @Test(
        "a refusal of the account holds every sale, and releases them by itself once it is corrected",
        arguments: [
            "Fund::InsufficientBalance", "Certificate::NotReady", "Seller::NotConfigured", "JWT::KeyNotFound",
            "JWT::VerificationError", "Theme::NotFound", "JWT::DecodeError",
        ])
    func held(code: String) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: code, message: nil)))
            let first = try await shop.sell("A")
            let held = try await shop.sales.sale(first, reaching: .registered, within: .seconds(60))
            #expect(held.registrationState == .held)
            #expect(held.lastError?.code == code)
            let second = try await shop.sell("B")
            #expect(try await shop.sales.sale(second).registrationState == .held)
            await shop.slime.clearFaults()
            shop.time.advance(by: 61)
            for id in [first, second] {
                let view = try await shop.sale(id) { $0.registrationState == .ready }
                #expect(view.registrationState == .ready)
            }
            #expect(try await shop.outbox.account(of: .slime) == .up)
        }
    }

    @Test("a hold that was in force when the gateway stopped is in force when it starts")
    func heldAtStart() async throws {
        let failure = Failure(code: "Fund::InsufficientBalance", message: "top up", at: Date())
        try await Shop.open(.nobody, held: failure) { shop in
            let id = try await shop.sell("A")
            #expect(try await shop.sales.sale(id).registrationState == .held)
        }
    }

    @Test("a person's retry of a held sale lifts the hold at once")
    func liftedByHand() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "Fund::InsufficientBalance", message: nil)))
            let id = try await shop.sell("A")
            #expect(
                try await shop.sales.sale(id, reaching: .registered, within: .seconds(60)).registrationState == .held)
            await shop.slime.clearFaults()
            _ = try await shop.sales.retry(id)
            #expect(try await shop.sale(id) { $0.registrationState == .ready }.registrationState == .ready)
        }
    }

    @Test(
        "a clock that is a day off is corrected by the server's and the sale goes through",
        arguments: [-86_400, 86_400])
    func drift(seconds: Int) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.clockOffset(.seconds(seconds))))
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            #expect(view.record.registration.attempts == 1)
        }
    }

    @Test("a clock that cannot be corrected holds the account")
    func hopelessDrift() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "JWT::IATDrift", message: nil)))
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .held)
            #expect(view.lastError?.code == "JWT::IATDrift")
        }
    }

    @Test("an outage is known as one after three failures, and the backlog drains once it is over")
    func outage() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.unavailable(status: 503, retryAfter: nil)))
            var ids: [TransactionID] = []
            for number in 0..<12 { ids.append(try await shop.sell("S-\(number)")) }
            // Known to be down, and every call that was under way has failed: with a clock that stands, none begins now.
            let ticks = shop.outbox.changes.ticks()
            func isQuiet() async throws -> Bool {
                let isDown = try await shop.outbox.account(of: .slime).condition == .down
                let open = try await shop.outbox.sales(limit: 50).contains(where: \.registration.machine.hasOpenAttempt)
                return isDown && !open
            }
            if try await !isQuiet() {
                for await _ in ticks where try await isQuiet() { break }
            }
            await shop.slime.clearFaults()
            // Past the longest backoff of a probe and of a sale.
            shop.time.advance(by: 700)
            for id in ids {
                #expect(try await shop.sale(id) { $0.registrationState == .ready }.registrationState == .ready)
            }
            #expect(await shop.slime.totals.registered == 12)
        }
    }

    @Test(
        "a link that may not stand on paper rejects the sale",
        arguments: ["http://app.example/x", "https://x/" + String(repeating: "a", count: 600)])
    func unprintableLink(url: String) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.serviceURL(url)))
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .rejected)
            #expect(view.record.registration.link == nil)
        }
    }

    @Test("a link that is not there yet is asked for again")
    func missingLink() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.serviceURL(nil), times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.lastError?.code == "Gateway::NoServiceURL" }
            shop.time.advance(by: 1)
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            #expect(await shop.slime.transaction("A")?.attempts == 1)
        }
    }

    @Test("adopting what the provider does not have is no dead end: a plain retry registers the sale")
    func adoptedInVain() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: nil), times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.registrationState == .rejected }
            _ = try await shop.sales.retry(id, SaleRetry(.adopting(documentID: nil)))
            _ = try await shop.sale(id) { $0.lastError?.code == "NotFound" }
            _ = try await shop.sales.retry(id)
            let view = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(view.registrationState == .ready, "\(view)")
        }
    }

    @Test("several calls that find the clock wrong at once correct it once, and hold nothing")
    func driftOfMany() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.clockOffset(.seconds(-7_200))))
            var ids: [TransactionID] = []
            for number in 0..<12 { ids.append(try await shop.sell("S-\(number)")) }
            for id in ids {
                let view = try await shop.sale(id) { $0.registrationState != .pending }
                #expect(view.registrationState == .ready)
            }
        }
    }

    @Test("a hold for the clock is lifted by a probe that finds the clock right")
    func driftMended() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "JWT::IATDrift", message: nil), times: 2))
            let id = try await shop.sell("A")
            #expect(try await shop.sale(id) { $0.registrationState == .held }.registrationState == .held)
            await shop.slime.inject(.init(.clockOffset(.seconds(-7_200))))
            shop.time.advance(by: 61)
            #expect(try await shop.sale(id) { $0.registrationState == .ready }.registrationState == .ready)
        }
    }
}
